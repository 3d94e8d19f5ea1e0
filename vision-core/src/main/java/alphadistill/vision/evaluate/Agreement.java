package alphadistill.vision.evaluate;

import java.util.List;

/**
 * Who agrees with whom: the share of pictures that each pair classifies differently (DeiT paper, table 4). The
 * distillation head stands nearer to the teacher than the class head does.
 *
 * @param names of those compared
 * @param different share for each pair, in [0, 1]; symmetric, 0 on the diagonal
 * @param pictures N
 */
public record Agreement(List<String> names, double[][] different, int pictures) {

  public Agreement {
    names = List.copyOf(names);
    if (different.length != names.size()) {
      throw new IllegalArgumentException(
          "%d rows of shares for %s".formatted(different.length, names));
    }
  }

  /** @param all of the same pictures, the truth among them */
  public static Agreement of(List<Predictions> all) {
    double[][] different = new double[all.size()][all.size()];
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        different[i][j] = all.get(i).differsFrom(all.get(j));
        different[j][i] = different[i][j];
      }
    }
    return new Agreement(
        all.stream().map(Predictions::by).toList(),
        different,
        all.isEmpty() ? 0 : all.get(0).pictures());
  }

  /** The mean over seeds, of the same names in the same order. */
  public static Agreement mean(List<Agreement> seeds) {
    Agreement first = seeds.get(0);
    int size = first.names().size();
    double[][] different = new double[size][size];
    for (Agreement seed : seeds) {
      if (!seed.names().equals(first.names()) || seed.pictures() != first.pictures()) {
        throw new IllegalArgumentException("no mean of %s on %d pictures and %s on %d"
            .formatted(first.names(), first.pictures(), seed.names(), seed.pictures()));
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          different[i][j] += seed.different()[i][j] / seeds.size();
        }
      }
    }
    return new Agreement(first.names(), different, first.pictures());
  }
}
