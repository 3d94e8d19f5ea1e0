/**
 * The wire format of protocol buffers, as far as files of other programs need it to be written.
 *
 * <p>Entry point: {@link alphadistill.engine.protobuf.ProtoMessage}.
 */
package alphadistill.engine.protobuf;
