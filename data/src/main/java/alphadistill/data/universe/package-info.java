/**
 * Who could be traded when.
 *
 * <p>Entry point: {@link alphadistill.data.universe.Membership}. Only dated lists are used, so a name is in the
 * universe of a day if it was known to be on that day.
 */
package alphadistill.data.universe;
