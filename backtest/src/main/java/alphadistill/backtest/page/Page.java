package alphadistill.backtest.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One HTML file: a masthead, sections with contents beside them, and the scripts that draw their charts. It opens from
 * disk without a network, and the same input gives the same bytes.
 *
 * <pre>{@code
 * Page page = new Page("Run 7");
 * page.masthead(html -> html.element("p", "Ten classes.", "class", "lead"), html -> {});
 * page.section("curves", "Curves", html -> html.chart("loss", "Loss", "Mean of each epoch."));
 * String file = page.write("All numbers are rounded.", dataAsJson, getClass());
 * }</pre>
 */
public final class Page {
  /** Nothing may be fetched, even if a name in the data said so. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

  private final String title;
  private Consumer<Html> lead = html -> {};
  private Consumer<Html> controls = html -> {};
  private final List<Section> sections = new ArrayList<>();

  private record Section(String id, String title, Consumer<Html> body) {}

  public Page(String title) {
    this.title = title;
  }

  /**
   * What stands at the head of the page, below its title.
   *
   * @param lines writes lines of class {@code lead}
   * @param pickers writes what the reader may pick, beside the button of the theme
   */
  public void masthead(Consumer<Html> lines, Consumer<Html> pickers) {
    this.lead = lines;
    this.controls = pickers;
  }

  /**
   * Adds a section.
   *
   * @param id anchor
   * @param heading in the contents and above the section
   * @param body writes what stands below
   */
  public void section(String id, String heading, Consumer<Html> body) {
    sections.add(new Section(id, heading, body));
  }

  /**
   * The whole file.
   *
   * @param foot a line below everything
   * @param data JSON that {@code charts} read, safe inside a script element
   * @param owner class beside which {@code charts.js} lies: it defines {@code charts.draw(id, data, picked, look)} on top
   *     of {@code figures.js}
   */
  public String write(String foot, String data, Class<?> owner) {
    Html page = new Html();
    page.open("!doctype html").open("html", "lang", "en").open("head");
    page.open("meta", "charset", "utf-8");
    page.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.open("meta", "name", "color-scheme", "content", "light dark");
    page.open(
        "meta",
        "name",
        "generator",
        "content",
        "alphadistill, Apache ECharts " + PageAssets.chartsVersion());
    page.element("title", title);
    page.code("style", PageAssets.own("page.css"));
    page.code("script", PageAssets.own("watch.js"));
    page.close("head").open("body");
    page.element(
        "a",
        "Skip to the results",
        "class",
        "skip",
        "href",
        "#" + sections.get(0).id());
    body(page, foot);
    page.code("script", data, "type", "application/json", "id", "data");
    page.code("script", PageAssets.charts());
    page.code("script", PageAssets.own("figures.js"));
    page.code("script", PageAssets.beside(owner, "charts.js"));
    page.code("script", PageAssets.own("page.js"));
    return page.close("body", "html").toString();
  }

  private void body(Html page, String foot) {
    page.open("header", "class", "masthead").open("div", "class", "title");
    page.element("h1", title);
    lead.accept(page);
    page.close("div").open("div", "class", "controls");
    controls.accept(page);
    page.element("button", "Dark", "type", "button", "id", "theme", "aria-pressed", "false");
    page.close("div", "header");
    page.open("noscript")
        .element("p", "Tables are complete without scripts; charts need them.", "class", "note")
        .close("noscript");
    page.open("div", "class", "frame");
    page.open("nav", "class", "contents", "aria-label", "Contents").open("ol");
    for (Section section : sections) {
      page.open("li").element("a", section.title(), "href", "#" + section.id()).close("li");
    }
    page.close("ol", "nav").open("main", "id", "results");
    for (Section section : sections) {
      page.open("section", "id", section.id(), "aria-labelledby", section.id() + "-title");
      page.element("h2", section.title(), "id", section.id() + "-title");
      section.body().accept(page);
      page.close("section");
    }
    page.close("main", "div");
    page.open("footer").element("p", foot).close("footer");
  }
}
