package alphadistill.cli.vision.report;

import alphadistill.augment.image.Image;
import alphadistill.backtest.page.Html;
import alphadistill.backtest.page.Page;
import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.vision.evaluate.HeadTable;
import alphadistill.vision.inspect.PngFile;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** What stands on the page, section by section. */
final class VisionSections {
  private final VisionReport report;

  VisionSections(VisionReport report) {
    this.report = report;
  }

  String html() {
    Page page = new Page(report.title());
    page.masthead(
        html -> report.notes().forEach(note -> html.element("p", note, "class", "lead")),
        html -> html.picker(
            "Network",
            report.variants().stream().map(VisionReport.Variant::name).toList()));
    page.section("headline", "Heads", this::headline);
    page.section("agreement", "Agreement", this::agreement);
    page.section("curves", "Training", VisionSections::curves);
    page.section("classes", "Classes", this::classes);
    page.section("samples", "Sample predictions", this::samples);
    page.section("tokens", "Tokens", this::tokens);
    page.section(
        "configuration",
        "Configuration",
        html -> html.listing("Configuration", report.configuration()));
    page.section("provenance", "Provenance", this::provenance);
    return page.write(
        "Numbers of charts and CSV files are rounded to five significant digits. This file fetches nothing.",
        VisionChartData.of(report),
        VisionSections.class);
  }

  private void headline(Html page) {
    perVariant(page, variant -> {
      page.open("dl", "class", "tiles");
      HeadTable first = variant.heads().get(0);
      for (int row = 0; row < first.rows().size(); row++) {
        page.tile(
            "Accuracy, " + first.rows().get(row).by(),
            Words.percent(
                VisionTables.spread(variant, row, HeadTable.Row::accuracy).mean(), 2),
            "cross entropy "
                + Words.decimal(
                    VisionTables.spread(variant, row, HeadTable.Row::crossEntropy)
                        .mean(),
                    3));
      }
      report
          .teacher()
          .ifPresent(teacher ->
              page.tile("Accuracy, teacher", Words.percent(teacher.accuracy(), 2), teacher.by()));
      page.tile(
          "Test pictures",
          Words.count(first.pictures()),
          "of %d classes".formatted(variant.confusion().classes().size()));
      page.tile(
          "Epochs",
          Words.count(variant.seeds().get(0).epochs().size()),
          Words.plural(variant.seeds().size(), "seed"));
      page.close("dl");
    });
    VisionTables.heads(report).writeTo(page);
    page.note(
        "Accuracy is the mean over seeds; ± is the deviation over seeds. The standard error is that of counting one seed's hits on so many pictures. Cross entropy in nats.");
  }

  private void agreement(Html page) {
    if (report.agreement().isEmpty()) {
      page.note("Not measured.");
      return;
    }
    VisionTables.agreement(report.agreement().get()).writeTo(page);
    page.note(
        "Share of %s test pictures that two of them classify differently. A distillation head that learned its lesson differs less from the teacher than the class head does."
            .formatted(Words.count(report.agreement().get().pictures())));
  }

  private static void curves(Html page) {
    page.chart(
        "loss",
        "Training loss",
        "Mean of each epoch, averaged over seeds; thin lines are the seeds of the picked network. Losses of different objectives do not compare.");
    page.chart(
        "validation",
        "Accuracy on pictures held out of the training",
        "After each epoch, averaged over seeds.");
    page.chart(
        "figures",
        "Further figures of the held-out pictures",
        "The picked network, averaged over seeds.");
    page.chart("rate", "Learning rate", "At the beginning of each epoch.");
    page.chart(
        "norm", "Gradient norm", "Of all gradients together before clipping, mean of each epoch.");
  }

  private void classes(Html page) {
    page.chart(
        "confusion",
        "Confusion matrix",
        "Rows are true classes, columns those given; colour is the share of the row.");
    perVariant(page, variant -> {
      VisionTables.classes(variant.confusion()).writeTo(page);
      if (variant.confusion().classes().size() > VisionTables.CLASSES_LISTED) {
        page.note("The %d hardest classes are listed.".formatted(VisionTables.CLASSES_LISTED));
      }
    });
  }

  private void samples(Html page) {
    perVariant(page, variant -> {
      if (variant.samples().isEmpty()) {
        page.note("None were kept.");
        return;
      }
      page.open("ul", "class", "gallery");
      for (VisionReport.Sample sample : variant.samples()) {
        boolean right = sample.given().equals(sample.truth());
        page.open("li", "class", right ? "right" : "wrong");
        picture(page, sample.picture(), "Picture of class " + sample.truth());
        page.open("p");
        page.element("strong", sample.given());
        page.text(" " + Words.percent(sample.probability(), 0));
        page.close("p");
        page.element("p", right ? "right" : "is " + sample.truth(), "class", "beside");
        if (!sample.teacher().isEmpty()) {
          page.element("p", "teacher: " + sample.teacher(), "class", "beside");
        }
        page.close("li");
      }
      page.close("ul");
    });
  }

  private void tokens(Html page) {
    page.chart(
        "cosine",
        "Cosine of class and distillation token",
        "Mean over test pictures, after the embedding (0) and after each block. In the DeiT paper it rises to 0.93 and stays below 1: the tokens end alike but not the same.");
    perVariant(page, variant -> {
      for (VisionReport.View view : variant.views()) {
        page.open("figure", "class", "view");
        picture(page, view.picture(), view.caption());
        page.element("figcaption", view.caption());
        page.close("figure");
      }
    });
  }

  private void provenance(Html page) {
    Table table = new Table("Code, data and machine").words("Fact", "Value");
    report.provenance().forEach(table::row);
    table.writeTo(page);
  }

  private void perVariant(Html page, Consumer<VisionReport.Variant> block) {
    List<VisionReport.Variant> variants = report.variants();
    for (int i = 0; i < variants.size(); i++) {
      VisionReport.Variant variant = variants.get(i);
      page.ofModel(i, variant.name(), () -> block.accept(variant));
    }
  }

  private static void picture(Html page, Image picture, String says) {
    page.open(
        "img",
        "src",
        "data:image/png;base64," + Base64.getEncoder().encodeToString(PngFile.bytes(picture)),
        "alt",
        says,
        "class",
        picture.width() < 96 ? "small" : "large", // small ones are shown larger, pixel by pixel
        "width",
        Integer.toString(picture.width()),
        "height",
        Integer.toString(picture.height()));
  }
}
