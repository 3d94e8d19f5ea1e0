/** Comparisons of models as text for the console and as JSON, the same for every command that compares. */
package alphadistill.cli.compare;
