/** The image DeiT on the shared engine: networks, CNN teachers, image sets, weights of other projects, and training. */
package alphadistill.vision;
