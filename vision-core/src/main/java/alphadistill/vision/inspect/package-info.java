/**
 * What a network looks at and how its tokens and positions are alike: numbers first, then pictures of them.
 *
 * <p>Entry points: {@link alphadistill.vision.inspect.AttentionMaps}, {@link alphadistill.vision.inspect.TokenCosine},
 * {@link alphadistill.vision.inspect.PositionSimilarity}. Nothing here runs a network.
 */
package alphadistill.vision.inspect;
