export { type Chart, groupIntoCharts, type PlottedScalar } from './curves/scalar-charts.ts'
export { needsLogAxis, type Series } from './curves/series.ts'
export { type CurveSvgOptions, curveSvg, type Level } from './curves/svg.ts'
export { figureColors, verdictColors } from './figures/colors.ts'
export { bestVerdicts, placesInPlane, placesOnLine, smoothDensity } from './figures/densities.ts'
export { densityLatents, latticeLatents, latticePoints, mapLatents } from './figures/latent-maps.ts'
export { type LineFigure, lineFigureSvg } from './figures/line-figure.ts'
export { type PlaneFigure, planeFigureSvg } from './figures/plane-figure.ts'
export { stepBarSvg } from './figures/step-bar.ts'
export { dotsAlong } from './figures/svg.ts'
export type { AnimationOptions } from './pictures/animation.ts'
export { encodeApng } from './pictures/apng.ts'
export { type Besides, besideGrid } from './pictures/beside.ts'
export { encodeGif } from './pictures/gif.ts'
export {
  type GridColumn,
  type GridOptions,
  quietBackground,
  type SideBySideOptions,
  sideBySideGrid,
  type TileLayout,
  tileGrid,
} from './pictures/grid.ts'
export { type Picture, type Samples, samplePictures } from './pictures/picture.ts'
export { decodePng, encodePng, type PngOptions } from './pictures/png.ts'
export { type ScatterOptions, scatterPlot } from './pictures/scatter-plot.ts'
export { shrinkPicture } from './pictures/shrink.ts'
export { type ColorSupport, detectColor, type Terminal } from './terminal/colors.ts'
export { type TerminalCurveOptions, terminalCurve } from './terminal/curve.ts'
export { type InlineOptions, type InlineProtocol, inlinePicture } from './terminal/inline-picture.ts'
export { type PreviewOptions, terminalPreview } from './terminal/preview.ts'
export { detectPictures, type PictureProtocol, pictureProtocols } from './terminal/protocols.ts'
