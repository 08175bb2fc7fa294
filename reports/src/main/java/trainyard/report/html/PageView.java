package trainyard.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.report.document.Assumption;
import trainyard.report.document.Check;
import trainyard.report.document.Headline;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;
import trainyard.report.document.ValidityRow;
import trainyard.report.draw.NameColours;
import trainyard.report.figure.Figure;
import trainyard.report.format.Numbers;
import trainyard.sim.hardware.Provenance;

/** The values of the template: every number as printed, every choice as the name of a style. */
final class PageView {

    /** Characters of charts on one page; with tables and words the page stays below 2 MB. */
    private static final int ROOM_FOR_CHARTS = 1_500_000;

    private static final int HEADLINE_DIGITS = 4;

    record HeadlineView(String sentence, String metric, String value, String unit, String interval, String meaning) {}

    record CheckView(String expectation, String outcome, String verdict, String style) {}

    record AssumptionView(
            String parameter, String value, String origin, String kind, String style, String source, String asOf) {}

    record ValidityView(
            String part,
            String status,
            String style,
            String comparedWith,
            String cases,
            String error,
            String calibrated,
            String note) {}

    record InputView(String name, String hash) {}

    private PageView() {}

    /** Charts are taken in order until the room is used up; the rest is named and lies beside the page. */
    static List<FigureSection> figures(List<Figure> figures, List<String> files) {
        List<FigureSection> sections = new ArrayList<>();
        NameColours colours = NameColours.of(figures);
        int room = ROOM_FOR_CHARTS;
        for (int i = 0; i < figures.size(); i++) {
            FigureSection section = FigureSection.of(figures.get(i), "f" + i, files.get(i), room, colours);
            room -= section.svg().length();
            sections.add(section);
        }
        return sections;
    }

    static List<BreakdownSection> breakdowns(ReportDocument report) {
        List<BreakdownSection> sections = new ArrayList<>();
        for (int i = 0; i < report.breakdowns().size(); i++) {
            sections.add(BreakdownSection.of(report.breakdowns().get(i), "b" + i, FigureSection.LARGEST_CHART));
        }
        return sections;
    }

    static HeadlineView headline(Headline headline) {
        boolean exact = headline.estimate().isExact();
        return new HeadlineView(
                headline.sentence(),
                capitalised(headline.metric()),
                exact
                        ? Numbers.compact(headline.estimate().value(), HEADLINE_DIGITS)
                        : Numbers.of(headline.estimate().value()),
                headline.unit(),
                exact ? "" : Numbers.interval(headline.estimate()),
                headline.intervalMeaning());
    }

    static List<CheckView> checks(List<Check> checks) {
        return checks.stream()
                .map(check -> new CheckView(
                        check.expectation(),
                        check.outcome(),
                        check.verdict().name(),
                        switch (check.verdict()) {
                            case PASS -> "good";
                            case FAIL -> "bad";
                            case UNDECIDED -> "warn";
                        }))
                .toList();
    }

    static String checkCount(List<Check> checks) {
        long passed = checks.stream()
                .filter(check -> check.verdict() == Check.Verdict.PASS)
                .count();
        return checks.isEmpty() ? "" : passed + " of " + checks.size() + " passed";
    }

    static List<AssumptionView> assumptions(List<Assumption> assumptions) {
        return assumptions.stream()
                .map(assumption -> new AssumptionView(
                        assumption.parameter(),
                        assumption.value(),
                        words(assumption.origin().name()),
                        words(assumption.provenance().kind().name()),
                        style(assumption.provenance().kind()),
                        assumption.provenance().source(),
                        assumption.provenance().asOf()))
                .toList();
    }

    static String assumptionSummary(List<Assumption> assumptions) {
        long unproven = assumptions.stream()
                .filter(assumption -> assumption.provenance().kind() == Provenance.Kind.ASSUMED
                        || assumption.provenance().kind() == Provenance.Kind.RECALLED)
                .count();
        return "Inputs: " + assumptions.size() + ". Of these assumed or recalled, without a source that was read: "
                + unproven + ".";
    }

    static List<ValidityView> validity(List<ValidityRow> rows) {
        return rows.stream()
                .map(row -> new ValidityView(
                        row.part(),
                        words(row.status().name()),
                        switch (row.status()) {
                            case VERIFIED -> "good";
                            case PARTLY -> "warn";
                            case UNVERIFIED -> "bad";
                        },
                        row.comparedWith(),
                        row.cases() == 0 ? "" : Numbers.fixed(row.cases(), 0),
                        percent(row.meanErrorPercent()),
                        percent(row.calibratedErrorPercent()),
                        row.note()))
                .toList();
    }

    private static String percent(OptionalDouble value) {
        return value.isEmpty() ? "" : Numbers.of(value.getAsDouble(), 2) + " %";
    }

    static List<InputView> inputs(Reproduction reproduction) {
        return reproduction.inputSha256().entrySet().stream()
                .map((Map.Entry<String, String> input) -> new InputView(input.getKey(), input.getValue()))
                .toList();
    }

    private static String style(Provenance.Kind kind) {
        return switch (kind) {
            case MEASURED, PUBLISHED -> "good";
            case USER -> "quiet";
            case RECALLED, ASSUMED -> "warn";
        };
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String capitalised(String text) {
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }
}
