// What a run told, without TensorFlow.js: what a page that shows it needs.
export { type HistoryPoint, type RunHistory, readHistory } from './events/history.ts'
export { type EventLog, parseEvents } from './events/parse.ts'
export type { EventRecord, RecordOf } from './events/records.ts'
