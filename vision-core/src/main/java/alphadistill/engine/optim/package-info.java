/** How weights change: optimisers, clipping, learning rates and running averages, as in vision.md section 3. */
package alphadistill.engine.optim;
