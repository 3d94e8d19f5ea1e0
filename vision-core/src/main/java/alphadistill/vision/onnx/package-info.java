/**
 * Networks as ONNX files, for programs that know nothing of this one.
 *
 * <p>Entry point: {@link alphadistill.vision.onnx.OnnxExport}.
 */
package alphadistill.vision.onnx;
