package alphadistill.backtest.page;

import java.util.List;

/** Writes HTML. Text and attribute values are escaped here, so that no caller can forget it. */
public final class Html {
  private final StringBuilder page = new StringBuilder(1 << 16);

  /** @param attributes names and values in turn; an empty value is written as a bare name */
  public Html open(String tag, String... attributes) {
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

  public Html close(String... tags) {
    for (String tag : tags) {
      page.append("</").append(tag).append('>');
    }
    page.append('\n');
    return this;
  }

  public Html text(String text) {
    page.append(escape(text));
    return this;
  }

  /** An element that holds text only. */
  public Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** The content of a script or style element, which ends at its closing tag whatever quotes stand around it. */
  public Html code(String tag, String content, String... attributes) {
    open(tag, attributes);
    page.append(content.replace("</" + tag, "<\\/" + tag).replace("<!--", "<\\!--"));
    return close(tag);
  }

  /**
   * Where a script draws a chart; without scripts its title and note stand alone.
   *
   * @param id by which the script knows it
   */
  public Html chart(String id, String title, String note) {
    open("figure", "class", "chart", "data-chart", id);
    open("figcaption").element("h3", title).element("p", note).close("figcaption");
    open(
        "div",
        "class",
        "canvas",
        "role",
        "img",
        "tabindex",
        "0",
        "aria-label",
        title + ". " + note);
    close("div");
    element("p", "", "class", "reading", "role", "status");
    element(
        "a",
        "CSV",
        "class",
        "csv",
        "href",
        "#",
        "download",
        id + ".csv",
        "aria-label",
        "Download the numbers of: " + title);
    return close("figure");
  }

  /** A quiet line below or in place of something. */
  public Html note(String text) {
    return element("p", text, "class", "note");
  }

  /** One figure of the headline, with what stands below it; inside a {@code dl} of class {@code tiles}. */
  public Html tile(String name, String value, String beside) {
    open("div").element("dt", name).element("dd", value);
    return element("dd", beside, "class", "beside").close("div");
  }

  /** Lets the reader pick one of several models, which scripts know by their index. */
  public Html picker(String label, List<String> models) {
    open("label", "for", "model").text(label).close("label");
    open("select", "id", "model");
    for (int i = 0; i < models.size(); i++) {
      element("option", models.get(i), "value", Integer.toString(i));
    }
    return close("select");
  }

  /** What is shown while a model is picked; without scripts, that of every model is. */
  public Html ofModel(int index, String model, Runnable block) {
    open("div", "class", "of-model", "data-model", Integer.toString(index));
    element("p", model, "class", "whose");
    block.run();
    return close("div");
  }

  /** A text as it stands, or words for its absence. */
  public Html listing(String label, String text) {
    if (text.isEmpty()) {
      return note("Not given.");
    }
    open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
    return element("pre", text).close("div");
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
