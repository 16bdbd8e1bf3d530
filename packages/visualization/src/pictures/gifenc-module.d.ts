// The package has no types; gifenc.ts declares the part that is used.
declare module 'gifenc'
