// The package has no types; gifenc.ts says what of it is used.
declare module 'gifenc'
