export { assist, dismiss, run } from './team'
// Nobody calls these from outside: a function that is exported is not inlined into the only one that calls it.
export { columnTile, dotTile, rowTile } from './tile'
