/**
 * Features, labels and cross-sectional scaling of a price panel. Everything at a day uses that day's close and earlier
 * ones; labels, which look ahead on purpose, say when they are known.
 *
 * <p>Entry points: {@link alphadistill.data.feature.FeatureSet}, {@link alphadistill.data.feature.Returns}, {@link
 * alphadistill.data.feature.CrossSectionalScaling}.
 */
package alphadistill.data.feature;
