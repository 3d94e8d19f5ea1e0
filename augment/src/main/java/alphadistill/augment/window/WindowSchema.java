package alphadistill.augment.window;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Shape and meaning of the windows of a batch.
 *
 * @param days T, days in a window; the last is the signal day
 * @param channels the F numbers of a day, in order
 */
public record WindowSchema(int days, List<Channel> channels) {

  public WindowSchema {
    channels = List.copyOf(channels);
    if (days < 1 || channels.isEmpty()) {
      throw new IllegalArgumentException(
          "a window needs at least one day and one channel, had %d and %d"
              .formatted(days, channels.size()));
    }
  }

  /** F. */
  public int features() {
    return channels.size();
  }

  /** Numbers in one window, T * F. */
  public int size() {
    return days * channels.size();
  }

  /** Names of the channels of a kind. */
  public List<String> named(Channel.Kind kind) {
    return channels.stream()
        .filter(channel -> channel.kind() == kind)
        .map(Channel::name)
        .toList();
  }

  /** Place of the presence channel among the channels; none where windows do not say what is missing. */
  public OptionalInt presence() {
    return IntStream.range(0, channels.size())
        .filter(f -> channels.get(f).kind() == Channel.Kind.PRESENCE)
        .findFirst();
  }

  /** The longest look-back of any channel. */
  public int lookback() {
    return channels.stream().mapToInt(Channel::lookback).max().orElse(1);
  }
}
