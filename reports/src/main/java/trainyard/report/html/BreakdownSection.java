package trainyard.report.html;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.document.Breakdown;
import trainyard.report.document.Breakdown.Term;
import trainyard.report.draw.NameColours;
import trainyard.report.figure.Axis;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.WaterfallFigure;
import trainyard.report.figure.WaterfallFigure.Step;
import trainyard.report.format.Numbers;

/**
 * One breakdown as the template needs it.
 *
 * @param title what is taken apart
 * @param heading unit of the values
 * @param figure the waterfall, one element
 * @param terms rows of the table
 * @param sourced whether any of them has a source, so that the table needs a column for it
 * @param total as printed
 */
record BreakdownSection(
        String title, String heading, List<FigureSection> figure, List<Row> terms, boolean sourced, String total) {

    private static final int DIGITS_OF_TOTAL = 4;

    record Row(String name, String value, String share, String formula, String source) {}

    static BreakdownSection of(Breakdown breakdown, String id, int room) {
        int decimals = Numbers.decimals(breakdown.total(), DIGITS_OF_TOTAL);
        List<Row> rows = breakdown.terms().stream()
                .map(term -> new Row(
                        term.name(),
                        Numbers.fixed(term.value(), decimals),
                        share(term.value(), breakdown.total()),
                        term.formula(),
                        term.source()))
                .toList();
        return new BreakdownSection(
                breakdown.title(),
                breakdown.unit().isBlank() ? "Value" : "Value (" + breakdown.unit() + ")",
                List.of(FigureSection.of(waterfall(breakdown), id, "results.json", room, NameColours.of(List.of()))),
                rows,
                sourced(breakdown),
                Numbers.fixed(breakdown.total(), decimals));
    }

    private static boolean sourced(Breakdown breakdown) {
        return breakdown.terms().stream().anyMatch(term -> !term.source().isBlank());
    }

    private static String share(double value, double total) {
        return total == 0 ? "" : Numbers.fixed(100 * value / total, 1) + " %";
    }

    /** The same numbers as a chart; the total is drawn at the level that the terms reach. */
    static WaterfallFigure waterfall(Breakdown breakdown) {
        List<Step> steps = new ArrayList<>();
        double level = 0;
        Term largest = breakdown.terms().get(0);
        for (Term term : breakdown.terms()) {
            steps.add(Step.change(term.name(), term.value()));
            level += term.value();
            largest = term.value() > largest.value() ? term : largest;
        }
        steps.add(Step.total("total", level));
        String unit = breakdown.unit().isBlank() ? "" : " " + breakdown.unit();
        String caption = "The largest of " + breakdown.terms().size() + " terms is " + largest.name() + " with "
                + Numbers.of(largest.value()) + unit + " of " + Numbers.of(breakdown.total()) + unit + ".";
        FigureText text = new FigureText(
                breakdown.title() + " by term",
                caption,
                caption,
                "The terms below, with formula" + (sourced(breakdown) ? " and source." : "."));
        return new WaterfallFigure(text, Axis.linear(breakdown.title(), breakdown.unit()), steps);
    }
}
