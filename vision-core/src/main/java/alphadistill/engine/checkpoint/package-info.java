/** Files of tensors: written whole or not at all, refused in words when corrupt. */
package alphadistill.engine.checkpoint;
