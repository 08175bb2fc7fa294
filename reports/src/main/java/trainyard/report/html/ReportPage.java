package trainyard.report.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.report.document.ReportDocument;
import trainyard.report.svg.Palette;

/** Writes the page of a report. All text of the report is escaped by the template; only our own SVG and CSS are not. */
public final class ReportPage {

    private static final String FOLDER = "/trainyard/report/html/";

    private ReportPage() {}

    /**
     * The page as one self-contained HTML document.
     *
     * @param label name and short hash of the report, shown on the page
     * @param chartFiles for each figure of the report the file that holds it beside the page
     */
    public static String of(ReportDocument report, String label, List<String> chartFiles) {
        Template template = Mustache.compiler()
                .emptyStringIsFalse(true)
                .strictSections(true)
                .withLoader(name -> new StringReader(resource(name + ".mustache")))
                .compile(resource("report.mustache"));
        return template.execute(values(report, label, chartFiles));
    }

    private static Map<String, Object> values(ReportDocument report, String label, List<String> chartFiles) {
        Map<String, Object> values = new HashMap<>();
        values.put("styleSheet", resource("report.css") + Palette.styleSheet());
        values.put("label", label);
        values.put("title", report.title());
        values.put("question", report.question().equals(report.title()) ? "" : report.question());
        values.put("partial", report.partial());
        values.put("finished", report.completion().finished());
        values.put("planned", report.completion().planned());
        values.put("headline", PageView.headline(report.headline()));
        values.put("checkCount", PageView.checkCount(report.checks()));
        list(values, "checks", PageView.checks(report.checks()));
        list(values, "notes", report.notes());
        list(values, "figures", PageView.figures(report.figures(), chartFiles));
        list(
                values,
                "variants",
                report.variants().stream().map(VariantSection::of).toList());
        list(values, "breakdowns", PageView.breakdowns(report));
        list(values, "assumptions", PageView.assumptions(report.assumptions()));
        values.put("assumptionSummary", PageView.assumptionSummary(report.assumptions()));
        list(values, "validity", PageView.validity(report.validity()));
        values.put("command", report.reproduction().command());
        values.put("version", report.reproduction().version());
        values.put("seed", Long.toString(report.reproduction().seed()));
        values.put("scenarioHash", report.reproduction().scenarioSha256());
        values.put("inputs", PageView.inputs(report.reproduction()));
        return values;
    }

    /** Puts the list and whether it has elements: "checks" and "hasChecks". */
    private static void list(Map<String, Object> values, String name, List<?> list) {
        values.put(name, list);
        values.put("has" + Character.toUpperCase(name.charAt(0)) + name.substring(1), !list.isEmpty());
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
