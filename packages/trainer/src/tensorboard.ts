export {
  eventRecord,
  type HistogramSummary,
  type ImageSummary,
  type SummaryValue,
  type TensorBoardEvent,
} from './tensorboard/event.ts'
export { computeHistogram } from './tensorboard/histogram.ts'
