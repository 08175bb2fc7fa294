package trainyard.scenario.section.report;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;

/** One entry of {@code report.charts.points}: a published value. */
public final class ChartPointSection {

    public static final Field<String> X = Field.of(
                    "x",
                    new TextType("", "a value of the horizontal axis, with its unit"),
                    "Where it is, on `x` of the chart.")
            .asRequired();
    public static final Field<String> Y = Field.of(
                    "y", new TextType("", "a value of the metric, with its unit"), "The value of the metric `y`.")
            .asRequired();
    public static final Field<String> LOW =
            Field.of("low", new TextType("", "a value of the metric, with its unit"), "Lower end of its interval.");
    public static final Field<String> HIGH =
            Field.of("high", new TextType("", "a value of the metric, with its unit"), "Upper end of its interval.");
    public static final Field<String> SOURCE = Field.of(
                    "source", TextType.ANY, "Who says so; points of one source have one entry in the key.")
            .asRequired();

    public static final Field<String> OF = Field.of(
            "of",
            TextType.ANY,
            "The curve that it is held against, a value of `by`: the caption says by how much the curve, straight between its"
                    + " points, lies above or below. Not needed where there is one curve.");

    public static final Section SECTION =
            Section.of("report.charts.points", "A published value.", X, Y, LOW, HIGH, OF, SOURCE);

    private ChartPointSection() {}
}
