package alphadistill.backtest.report;

/** Writes HTML. Text and attribute values are escaped here, so that no caller can forget it. */
final class Html {
  private final StringBuilder page = new StringBuilder(1 << 16);

  /** @param attributes names and values in turn; an empty value is written as a bare name */
  Html open(String tag, String... attributes) {
    page.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]);
      if (!attributes[i + 1].isEmpty()) {
        page.append("=\"").append(escape(attributes[i + 1])).append('"');
      }
    }
    page.append('>');
    return this;
  }

  Html close(String... tags) {
    for (String tag : tags) {
      page.append("</").append(tag).append('>');
    }
    page.append('\n');
    return this;
  }

  Html text(String text) {
    page.append(escape(text));
    return this;
  }

  /** An element that holds text only. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** The content of a script or style element, which ends at its closing tag whatever quotes stand around it. */
  Html code(String tag, String content, String... attributes) {
    open(tag, attributes);
    page.append(content.replace("</" + tag, "<\\/" + tag).replace("<!--", "<\\!--"));
    return close(tag);
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default ->
          escaped.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
