package alphadistill.cli.config;

import alphadistill.data.NearestName;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configuration as written: YAML over documented defaults, with {@code --set a.b=c} on top, bound strictly to
 * records. Every default stands in one resource, so {@code config print} shows all there is.
 *
 * <p>Errors name file, line, key and remedy: an unknown key with the nearest valid one, a value of the wrong kind, and
 * whatever a record refuses.
 */
public final class ConfigFile {
  private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build())
      .addModule(new JavaTimeModule())
      .addModule(pathsAsWritten())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
      .build();

  /**
   * A path is printed as it is written. The usual form is an address that names the working directory and ends in a
   * slash once the folder is there, so that a run would not know itself again.
   */
  private static SimpleModule pathsAsWritten() {
    return new SimpleModule().addSerializer(Path.class, new ToStringSerializer(Path.class));
  }

  private final ObjectNode tree;
  private final Map<String, String> places; // key path -> "file:line" or "--set ..."

  private ConfigFile(ObjectNode tree, Map<String, String> places) {
    this.tree = tree;
    this.places = places;
  }

  /**
   * Reads defaults, then a file over them.
   *
   * @param defaults YAML with a value for every key
   * @param named the user's file, found by {@link InputPath}; paths inside it are left as written
   */
  public static ConfigFile load(InputStream defaults, Path named) {
    return ofDefaults(defaults).over(named);
  }

  /**
   * Lays a file over what is here.
   *
   * @param named the user's file, found by {@link InputPath}; paths inside it are left as written
   */
  public ConfigFile over(Path named) {
    Path file = InputPath.find(named);
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "no configuration file %s (those that come with the project are in configs/)"
              .formatted(file));
    }
    try {
      String text = Files.readString(file);
      JsonNode written = parse(text, file.toString());
      if (written.isMissingNode() || written.isNull()) {
        return this;
      }
      if (!(written instanceof ObjectNode object)) {
        throw new UsageException(
            "%s: a configuration is a list of 'key: value' lines".formatted(file));
      }
      Map<String, String> lines = new HashMap<>();
      lines(text).forEach((path, line) -> lines.put(path, file + ":" + line));
      places.put("", file.toString());
      merge(tree, object, "", lines);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The defaults alone. */
  public static ConfigFile ofDefaults(InputStream defaults) {
    try {
      return new ConfigFile((ObjectNode) YAML.readTree(defaults), new HashMap<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies {@code a.b=value} overrides in order; the value is read as YAML. */
  public ConfigFile set(List<String> overrides) {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "--set wants key=value such as training.epochs=3, was '%s'".formatted(override));
      }
      set(override.substring(0, equals), override.substring(equals + 1), "--set " + override);
    }
    return this;
  }

  /**
   * Overrides one key.
   *
   * @param key such as {@code training.epochs}
   * @param text the value, read as YAML
   * @param place where the user wrote it, for messages, such as {@code --horizon 10}
   */
  public ConfigFile set(String key, String text, String place) {
    String[] keys = key.split("\\.");
    JsonNode value = parse(text, place);
    for (int i = keys.length - 1; i >= 0; i--) {
      ObjectNode parent = YAML.createObjectNode();
      parent.set(keys[i], value.isMissingNode() ? YAML.nullNode() : value);
      value = parent;
    }
    Map<String, String> everywhere = new HashMap<>();
    for (int i = 1; i <= keys.length; i++) {
      everywhere.put(String.join(".", Arrays.copyOf(keys, i)), place);
    }
    merge(tree, (ObjectNode) value, "", everywhere);
    return this;
  }

  /** One value as written, such as the name of a preset that other values are laid over; null where there is none. */
  public String text(String key) {
    JsonNode value = tree.at("/" + key.replace('.', '/'));
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /** The configuration bound to a record. */
  public <T> T as(Class<T> type) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      String path = path(e);
      throw unknownKey(
          path, e.getKnownPropertyIds().stream().map(Object::toString).toList());
    } catch (InvalidFormatException e) {
      throw new UsageException("%s: %s is not %s%s"
          .formatted(
              at(path(e)),
              quoted(e.getValue()),
              kind(e.getTargetType()),
              choices(e.getTargetType())));
    } catch (ValueInstantiationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UsageException("%s: %s".formatted(at(path(e)), cause.getMessage()));
    } catch (JsonMappingException e) {
      throw new UsageException("%s: %s".formatted(at(path(e)), e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      throw new UsageException(e.getOriginalMessage());
    }
  }

  /** The whole configuration as YAML. */
  public String print() {
    return print(tree);
  }

  /** Any value as YAML, in the same form as {@link #print()}. */
  public static String print(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void merge(ObjectNode base, ObjectNode over, String prefix, Map<String, String> written) {
    over.properties().forEach(entry -> {
      String path = prefix + entry.getKey();
      places.put(path, written.getOrDefault(path, written.getOrDefault(parent(path), path)));
      JsonNode known = base.get(entry.getKey());
      if (known == null) {
        throw unknownKey(path, keys(base));
      }
      if (known instanceof ObjectNode section && entry.getValue() instanceof ObjectNode values) {
        merge(section, values, path + ".", written);
      } else if (known.isObject()) {
        throw new UsageException("%s: '%s' is a section with the keys %s, not one value"
            .formatted(at(path), path, String.join(", ", keys(known))));
      } else if (entry.getValue().isObject()) {
        throw new UsageException("%s: '%s' is one value, not a section".formatted(at(path), path));
      } else {
        base.set(entry.getKey(), entry.getValue());
      }
    });
  }

  private UsageException unknownKey(String path, List<String> known) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    String hint = NearestName.of(key, known)
        .map(name -> "did you mean '%s'?".formatted(name))
        .orElse("known here are " + String.join(", ", known));
    return new UsageException("%s: unknown key '%s': %s".formatted(place(path), path, hint));
  }

  private String at(String path) {
    return path.isEmpty() ? place(path) : place(path) + ": " + path;
  }

  /** Where a key, or the nearest section above it, was written. */
  private String place(String path) {
    String known = path;
    while (!known.isEmpty() && !places.containsKey(known)) {
      known = parent(known);
    }
    return places.getOrDefault(known, "defaults");
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return type == LocalDate.class ? "a date such as 2015-01-31" : "a valid value";
  }

  private static String choices(Class<?> type) {
    return type.isEnum()
        ? ": choose one of "
            + Arrays.stream(type.getEnumConstants())
                .map(c -> c.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
        : "";
  }

  private static String quoted(Object value) {
    return "'" + value + "'";
  }

  private static List<String> keys(JsonNode section) {
    return section.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static JsonNode parse(String text, String place) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String line = location == null ? "" : ":" + location.getLineNr();
      throw new UsageException("%s%s: not readable as YAML: %s"
          .formatted(place, line, e.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  /** Line of every key path of a YAML text. */
  private static Map<String, Integer> lines(String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    try (JsonParser parser = YAML.createParser(text)) {
      String key = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          String prefix = open.isEmpty() ? "" : open.peek();
          key = prefix.isEmpty() ? parser.currentName() : prefix + "." + parser.currentName();
          lines.putIfAbsent(key, parser.currentTokenLocation().getLineNr());
        } else if (token.isStructStart()) {
          open.push(key);
        } else if (token.isStructEnd()) {
          key = open.pop();
        }
      }
    }
    return lines;
  }
}
