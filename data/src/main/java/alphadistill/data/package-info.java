/** What every part of the data module shares: how wrong input is reported. */
package alphadistill.data;
