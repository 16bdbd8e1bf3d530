export declare function requiringModule(name: string, require: NodeJS.Require): string
