package trainyard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.report.GalleryReport;
import trainyard.report.document.Assumption;
import trainyard.report.document.Check;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.ValidityRow;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.TableFigure;
import trainyard.sim.hardware.Provenance;

class ReportPageTest {

    private static final String HOSTILE = "<script>alert(\"1\")</script> & 'quoted' \u0000 日本語 {{title}} </style>";

    private static String page(ReportDocument report) {
        List<String> files = IntStream.range(0, report.figures().size())
                .mapToObj(i -> "charts/" + i + ".svg")
                .toList();
        return ReportPage.of(report, "name-3f9c2a1b", files);
    }

    @Test
    void sectionsComeInTheirOrder() {
        String html = page(GalleryReport.full());
        Matcher matcher = Pattern.compile("<h2 id=\"([a-z]+)\"").matcher(html);
        assertThat(matcher.results().map(result -> result.group(1)))
                .containsExactly(
                        "answer",
                        "checks",
                        "notes",
                        "charts",
                        "variants",
                        "breakdown",
                        "assumptions",
                        "validity",
                        "reproduce");
    }

    @Test
    void emptySectionsAreLeftOut() {
        String html = page(GalleryReport.bare("Bare").build());
        assertThat(html).contains("id=\"answer\"", "id=\"reproduce\"");
        assertThat(html).doesNotContain("id=\"checks\"", "id=\"charts\"", "id=\"variants\"", "Partial result");
    }

    @Test
    void aQuestionThatIsTheTitleIsPrintedOnce() {
        String question = GalleryReport.bare("Bare").build().question();
        assertThat(page(GalleryReport.bare("Bare").build())).containsOnlyOnce("class=\"question\"");
        assertThat(page(GalleryReport.bare(question).build())).doesNotContain("class=\"question\"");
    }

    @Test
    void thePageNeedsNothingFromOutside() {
        String html = page(GalleryReport.full());
        assertThat(html).doesNotContain("<script", "<link", "@import", "url(", "src=");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
        assertThat(html.length()).isLessThan(2_000_000);
    }

    @Test
    void idsAreDistinctAndEveryChartHasWords() {
        String html = page(GalleryReport.full());
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        Matcher labelled = Pattern.compile("aria-labelledby=\"([^\"]+)\"").matcher(html);
        labelled.results()
                .forEach(result -> assertThat(ids).contains(result.group(1).split(" ")));
        assertThat(Pattern.compile("<svg ").matcher(html).results().count())
                .isEqualTo(Pattern.compile("<desc ").matcher(html).results().count())
                .isPositive();
    }

    @Test
    void whyADesignHasNoValuesIsSaidOnceAcrossTheColumns() {
        TableFigure.Missing missing = new TableFigure.Missing("memory, stage 0 needs 195 GiB, a GPU has 80 GiB");
        TableFigure.Cell interval = new TableFigure.Quantity(new Estimate(3, 2, 4), 4);
        TableFigure table = new TableFigure(
                new FigureText("Designs", "Best first.", "Designs", "simulated"),
                List.of(
                        new TableFigure.Column("Design", ""),
                        new TableFigure.Column("Step time", "s"),
                        new TableFigure.Column("MFU", "%"),
                        new TableFigure.Column("Bubble", "%")),
                List.of(
                        List.of(new TableFigure.Words("one"), interval, interval, TableFigure.Quantity.of(0)),
                        List.of(new TableFigure.Words("other"), missing, missing, missing)));
        String html = page(GalleryReport.bare("Table").figures(List.of(table)).build());
        assertThat(html).containsOnlyOnce("stage 0 needs 195 GiB").contains("<td class=\"wrap\" colspan=\"3\">");
        assertThat(html)
                .contains("3.0 <span class=\"interval\">(2.0 to 4.0)</span>")
                .as("an interval is never broken between its ends")
                .containsPattern("\\.interval\\{[^}]*white-space:nowrap");
    }

    @Test
    void anInterruptedRunSaysSo() {
        assertThat(page(GalleryReport.full())).contains("Partial result.", "43 of 50 replications");
    }

    @Test
    void hostileTextStaysText() {
        FigureText text = new FigureText(HOSTILE, HOSTILE, HOSTILE, HOSTILE);
        ReportDocument report = GalleryReport.bare(HOSTILE)
                .checks(List.of(new Check(HOSTILE, HOSTILE, Check.Verdict.FAIL)))
                .figures(List.of(BarFigure.grouped(
                        text,
                        HOSTILE,
                        List.of(HOSTILE),
                        Axis.linear(HOSTILE, "s"),
                        List.of(BarSeries.of(HOSTILE, 1.0)))))
                .assumptions(List.of(new Assumption(
                        HOSTILE,
                        HOSTILE,
                        Assumption.Origin.SET,
                        new Provenance(Provenance.Kind.USER, HOSTILE, HOSTILE))))
                .validity(List.of(new ValidityRow(
                        HOSTILE,
                        ValidityRow.Status.PARTLY,
                        HOSTILE,
                        1,
                        OptionalDouble.of(Double.MAX_VALUE),
                        OptionalDouble.of(Double.MAX_VALUE),
                        HOSTILE)))
                .notes(List.of(HOSTILE))
                .build();
        String html = page(report);
        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;", "日本語", "{{title}}");
        assertThat(Pattern.compile("</style>").matcher(html).results().count()).isEqualTo(1);
    }

    @Test
    void changesAreColouredOnlyWhereTheIntervalExcludesOne() {
        String html = page(GalleryReport.full());
        assertThat(html).contains("<span class=\"change good\">−9.2 %</span>");
        assertThat(html).contains("<span class=\"change \">+1 %</span>");
        assertThat(html).contains("<span class=\"change bad\">+25 %</span>");
    }

    @Test
    void aChartTooLargeForThePageIsNamed() {
        List<GanttFigure.Row> rows = IntStream.range(0, 400)
                .mapToObj(row -> new GanttFigure.Row(
                        "rank " + row,
                        IntStream.range(0, 40)
                                .mapToObj(i -> new GanttFigure.Interval(2 * i, 2 * i + 1, "busy", ""))
                                .toList()))
                .toList();
        FigureText text = new FigureText("Ranks", "All busy.", "Bars.", "invented");
        GanttFigure figure = new GanttFigure(text, Axis.linear("Time", "s"), "Rank", List.of("busy"), rows);
        String html = page(GalleryReport.bare("Large").figures(List.of(figure)).build());
        assertThat(html)
                .contains("It lies beside it as <span class=\"mono\">charts&#x2F;0.svg</span>".replace("&#x2F;", "/"));
        assertThat(html.length()).isLessThan(100_000);
    }
}
