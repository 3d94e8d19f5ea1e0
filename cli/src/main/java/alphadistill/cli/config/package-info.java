/**
 * Configuration files: strict YAML over printed defaults, bound to records that refuse nonsense.
 *
 * <p>Entry point: {@link alphadistill.cli.config.ConfigFile}.
 */
package alphadistill.cli.config;
