/** Compiles the packages. @returns the name of the folder beside the sources of each */
export declare function compile(): Promise<string>
/** Compiles the script of a test. @returns the path of what Node is to run */
export declare function compileScript(file: string): Promise<string>
