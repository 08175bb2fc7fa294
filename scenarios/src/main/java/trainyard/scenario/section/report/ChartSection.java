package trainyard.scenario.section.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;
import trainyard.sim.units.Dimension;

/** One entry of {@code report.charts}. */
public final class ChartSection {

    /** Kinds of chart. */
    public enum Kind {
        /** Curves of {@code y} over {@code x}, one per value of {@code by}. */
        LINE,
        /**
         * Bars of {@code y}, one group per value of {@code x} or per variant; or of several metrics, one bar per group for each of
         * {@code columns}, such as {@code [jct.mean, jct.p95, jct.p99]}.
         */
        BAR,
        /** {@code y} over a grid of {@code x} and {@code z}; cells that do not fit are hatched. */
        HEATMAP,
        /** Which value of {@code by} is best over a grid of {@code x} and {@code z}. */
        WINNER,
        /** Shares of the GPU time in each state over {@code x}, stacked to 100 %. */
        STATES,
        /** MFU, HFU and shares of the GPUs in each state over one step. */
        UTILIZATION,
        /**
         * Who does what when: the states of a job around its first failure, what runs on each node, or the stages of a pipeline in
         * one step.
         */
        GANTT,
        /** A quantity within one replication over its time, or with {@code runs} the range of several. */
        OVER_TIME,
        /** A quantity of many parties over the time of one replication, a row each, coloured by size: how full each node is. */
        OCCUPANCY,
        /** Who is joined to whom: a graph of waits, or the parts of a system with their rates. */
        GRAPH,
        /** The metrics under {@code columns} as spokes, one outline per value of {@code by}; the outer ring is the best of each. */
        RADAR,
        /** Designs by the two metrics under {@code columns}, with the front of those that no other beats in both. */
        PARETO,
        /** Share of the replications, or of what happens within one, that stays below a value of {@code y}. */
        CDF,
        /**
         * Share of what happens within a replication at each whole value of {@code y}, a colour per value of {@code by}, beside what
         * theory says where it says something.
         */
        HISTOGRAM,
        /** Spread of {@code y} over the replications, or within one, a row per value of {@code by}. */
        BOX,
        /**
         * Where the time goes; or with {@code columns} how those metrics add up to {@code y}, such as the parts of a cost; or with
         * {@code x} how {@code y} changes from each of its values to the next. Variants of which one does not contain the changes of
         * that before it are each shown as a difference from the first, without a sum.
         */
        WATERFALL,
        /** Memory per GPU by component, one bar per value of {@code x}, or per cell. */
        MEMORY,
        /** Where the time of a step goes, or what a long job loses, one bar per value of {@code x}, or per cell. */
        BREAKDOWN,
        /** What the incidents of one replication cost, a bar per cause, its phases on top of each other; for {@code life}. */
        CAUSES,
        /** Which of the ranges under {@code vary} matters most. */
        TORNADO,
        /** The fabric, its links coloured by load, of the first cell whose switches are busiest; for `traffic`. */
        TOPOLOGY,
        /** The cells as a table, best first. */
        TABLE
    }

    /** Scales of an axis. */
    public enum Scale {
        LINEAR,
        LOG
    }

    private static final TextType PATH = new TextType("", "`variant`, or a path that is swept");

    public static final Field<Kind> KIND = Field.of(
                    "kind", ChoiceType.of("kind of chart", Kind.class), "Kind of chart.")
            .asRequired();
    public static final Field<String> TITLE =
            Field.of("title", TextType.WORDS, "Heading. Left out: made from the axes.");
    public static final Field<String> CAPTION = Field.of(
            "caption",
            TextType.WORDS,
            "What the reader should see in it, in a sentence or two. `{replications}` stands for how many are run, `{runs}` for"
                    + " how many of them the chart is drawn from.");
    public static final Field<String> X = Field.of(
                    "x",
                    PATH,
                    "Horizontal axis: `variant`, or a path that is swept; in `bar` with `columns` also `team` or `class`, for what"
                            + " each of those of the jobs of one cell has of them; in `breakdown` of a step also `stage`, for the"
                            + " pipeline stages of one cell. A `waterfall` of variants of which one lacks the"
                            + " changes of that before it shows each as a difference from the first, without a sum.")
            .only(Use.with(
                    KIND,
                    Kind.LINE,
                    Kind.BAR,
                    Kind.HEATMAP,
                    Kind.WINNER,
                    Kind.STATES,
                    Kind.MEMORY,
                    Kind.BREAKDOWN,
                    Kind.WATERFALL));
    public static final Field<String> Y = Field.of(
                    "y",
                    new TextType("", "a metric, such as `mfu`"),
                    "The metric shown, or what a chart of one replication shows. Left out: that of the headline.")
            .only(Use.with(
                            KIND,
                            Kind.LINE,
                            Kind.BAR,
                            Kind.HEATMAP,
                            Kind.WINNER,
                            Kind.GANTT,
                            Kind.OVER_TIME,
                            Kind.OCCUPANCY,
                            Kind.CDF,
                            Kind.HISTOGRAM,
                            Kind.BOX,
                            Kind.CAUSES,
                            Kind.TORNADO,
                            Kind.TABLE)
                    .and(new Use(
                            "no `columns`",
                            List.of("columns"),
                            (own, all) -> own.text("columns").isEmpty()))
                    .or(Use.with(KIND, Kind.WATERFALL)
                            .and(new Use(
                                    "`columns` or `x`",
                                    List.of("columns", "x"),
                                    (own, all) -> own.text("columns").isPresent()
                                            || own.text("x").isPresent()))));
    public static final Field<String> Z = Field.of("z", PATH, "Second axis of a heat map: a path that is swept.")
            .only(Use.with(KIND, Kind.HEATMAP, Kind.WINNER));
    public static final Field<String> BY = Field.of(
                    "by", PATH, "One curve, or one candidate, per value: `variant`, or a path that is swept.")
            .only(Use.with(
                    KIND,
                    Kind.LINE,
                    Kind.BAR,
                    Kind.WINNER,
                    Kind.GANTT,
                    Kind.OVER_TIME,
                    Kind.OCCUPANCY,
                    Kind.GRAPH,
                    Kind.RADAR,
                    Kind.PARETO,
                    Kind.CDF,
                    Kind.HISTOGRAM,
                    Kind.BOX,
                    Kind.CAUSES));
    public static final Field<Scale> X_SCALE = Field.of(
                    "x-scale", ChoiceType.of("scale", Scale.class), "Scale of the horizontal axis.")
            .orElse("linear")
            .only(Use.with(KIND, Kind.LINE, Kind.STATES, Kind.CDF));
    public static final Field<Scale> Y_SCALE = Field.of(
                    "y-scale", ChoiceType.of("scale", Scale.class), "Scale of the vertical axis.")
            .orElse("linear")
            .only(Use.with(KIND, Kind.LINE, Kind.OVER_TIME, Kind.BOX));
    public static final Field<String> OVERLAY = Field.of(
                    "overlay",
                    new TextType("linear|constant|closed-form", "`linear`, `constant` or `closed-form`"),
                    "A dashed ideal beside each curve: in proportion to x (to 1/x where the curve falls) or level from its first point"
                            + " on, or the metric's closed form (`bubble-ratio` has one).")
            .only(Use.with(KIND, Kind.LINE));

    public static final Field<Boolean> RELATIVE = Field.of(
                    "relative",
                    new FlagType(),
                    "Whether each curve of a line chart is shown over its value at the first point, in percent; the rate of a"
                            + " GPU (`flops-per-gpu`) then is the scaling efficiency.")
            .orElse("false")
            .only(Use.with(KIND, Kind.LINE));
    public static final Field<Boolean> KNEE = Field.of(
                    "knee",
                    new FlagType(),
                    "Whether each curve of a line chart is marked at its knee, the point farthest from the straight line between"
                            + " its ends.")
            .orElse("false")
            .only(Use.with(KIND, Kind.LINE));

    public static final Field<Boolean> CROSSINGS = Field.of(
                    "crossings",
                    new FlagType(),
                    "Whether places where curves of a line chart cross are marked: from where on another design is better.")
            .orElse("false")
            .only(Use.with(KIND, Kind.LINE));

    public static final Field<String> TARGET = Field.of(
                    "target",
                    new TextType("", "a value with its unit, such as `30 days`"),
                    "A value of `y` that is drawn as a line across: a goal or a limit.")
            .only(Use.with(KIND, Kind.LINE, Kind.BAR, Kind.BOX));

    public static final Field<Map<String, Setting<String>>> AT = Field.of(
                    "at",
                    new MapType<>(TextType.ANY, "a value by a path that is swept"),
                    "Only cells at these values, for charts of fewer axes than are swept; of numbers the nearest that is run. Left out:"
                            + " the first value of each other axis; where that cannot run, nothing stands in its place. Charts of one"
                            + " step, of the terms of a sum and of teams show the best cell, which their title names; `table`, `pareto`,"
                            + " `winner` without `by`, and `memory` and `breakdown` without `x` all cells.")
            .only(Use.with(
                    KIND,
                    Kind.LINE,
                    Kind.BAR,
                    Kind.HEATMAP,
                    Kind.WINNER,
                    Kind.STATES,
                    Kind.GANTT,
                    Kind.OVER_TIME,
                    Kind.OCCUPANCY,
                    Kind.GRAPH,
                    Kind.RADAR,
                    Kind.WATERFALL,
                    Kind.CDF,
                    Kind.HISTOGRAM,
                    Kind.BOX,
                    Kind.MEMORY,
                    Kind.BREAKDOWN,
                    Kind.CAUSES,
                    Kind.TABLE));
    public static final Field<List<Values>> POINTS = Field.of(
                    "points",
                    new ListType<>(ChartPointSection.SECTION, "points"),
                    "What others published, drawn into a line chart as points; no value of the simulation depends on them.")
            .only(Use.with(KIND, Kind.LINE));
    public static final Field<List<String>> MARKS = Field.of(
                    "marks",
                    new ListType<>(new TextType("", "a metric, such as `checkpoint-interval.young`"), "metrics"),
                    "Metrics that are marked on the horizontal axis of a line chart, at their value in its first cell.")
            .only(Use.with(KIND, Kind.LINE));
    public static final Field<List<String>> CONTOURS = Field.of(
                    "contours",
                    new ListType<>(new TextType("", "a value with its unit, such as `90%`"), "values"),
                    "Values at which lines are drawn across a heat map.")
            .only(Use.with(KIND, Kind.HEATMAP, Kind.WINNER));
    public static final Field<String> TRACK = Field.of(
                    "track",
                    new TextType("", "a metric, such as `checkpoint-interval.young`"),
                    "A metric in the unit of `x` that is drawn through the rows of a heat map.")
            .only(Use.with(KIND, Kind.HEATMAP, Kind.WINNER));
    public static final Field<List<String>> COLUMNS = Field.of(
                    "columns",
                    new ListType<>(new TextType("", "a metric, such as `ettr.p95`"), "metrics"),
                    "Metrics, or statistics of them: the columns of a table, the one that it is sorted by first; the bars of each group"
                            + " of `bar`; the spokes of `radar`; the two axes of `pareto`; the terms of `waterfall`; the states that `breakdown` shows. With ranges under `vary`, their ends are rows of a"
                            + " table, too. Left out: `y`, and in a table what comes next.")
            .only(Use.with(KIND, Kind.TABLE, Kind.BAR, Kind.RADAR, Kind.PARETO, Kind.WATERFALL, Kind.BREAKDOWN));

    public static final Field<String> LARGEST = Field.of(
                    "largest",
                    new TextType("", "a metric, such as `billion-parameters`"),
                    "A spoke more of `radar`: the largest value of this metric among all cells of a candidate that are feasible,"
                            + " whatever `at` shows of them.")
            .only(Use.with(KIND, Kind.RADAR));

    public static final Field<Long> RUNS = Field.of(
                    "runs",
                    IntegerType.between(1, 1000),
                    "Replications that a chart of what happens within one is drawn from, at most those that are run: `over-time`"
                            + " shows the median and the range from the 5th to the 95th percentile, `cdf`, `histogram` and `box` take their values"
                            + " together.")
            .orElse("1")
            .only(Use.with(KIND, Kind.OVER_TIME, Kind.CDF, Kind.HISTOGRAM, Kind.BOX, Kind.CAUSES));
    public static final Field<Boolean> STACKED = Field.of(
                    "stacked",
                    new FlagType(),
                    "Whether `over-time` lays the curves of a quantity of one replication on each other as areas, each as the mean"
                            + " over short stretches of time, and `bar` the metrics under `columns`, which then are parts of a whole.")
            .orElse("false")
            .only(Use.with(KIND, Kind.OVER_TIME).or(Use.with(KIND, Kind.BAR).and(Use.beside(COLUMNS))));
    public static final Field<Boolean> PANELS = Field.of(
                    "panels",
                    new FlagType(),
                    "Whether `over-time` gives each curve of a quantity of one replication, of each value of `by`, a panel of its own, against its"
                            + " limit.")
            .orElse("false")
            .only(Use.with(KIND, Kind.OVER_TIME));
    public static final Field<Boolean> DIVIDED = Field.of(
                    "divided",
                    new FlagType(),
                    "Whether `states` of a `life` shows what useful work consists of: computing, communication that nothing hides,"
                            + " the pipeline bubble. Needs `life.step-time: auto`.")
            .orElse("false")
            .only(Use.with(KIND, Kind.STATES));
    public static final Field<Double> FROM = Field.of(
                    "from",
                    QuantityType.of(Dimension.DURATION),
                    "Where the time of `gantt`, `over-time` or `occupancy` starts. Left out: a little before the first failure, or at 0.")
            .only(Use.with(KIND, Kind.GANTT, Kind.OVER_TIME, Kind.OCCUPANCY));
    public static final Field<Double> TO = Field.of(
                    "to",
                    QuantityType.of(Dimension.DURATION),
                    "Where it ends. Left out: when the job has recovered, or at the end.")
            .only(Use.with(KIND, Kind.GANTT, Kind.OVER_TIME, Kind.OCCUPANCY));

    public static final Section SECTION = Section.of(
            "report.charts",
            "One chart.",
            KIND,
            TITLE,
            CAPTION,
            X,
            Y,
            Z,
            BY,
            X_SCALE,
            Y_SCALE,
            OVERLAY,
            RELATIVE,
            KNEE,
            CROSSINGS,
            TARGET,
            AT,
            POINTS,
            MARKS,
            CONTOURS,
            TRACK,
            COLUMNS,
            LARGEST,
            RUNS,
            STACKED,
            PANELS,
            DIVIDED,
            FROM,
            TO);

    private ChartSection() {}

    /**
     * The entry that asks for a kind of chart and leaves the rest to it.
     *
     * @param more other keys of the entry, as they are written
     */
    public static Values of(Kind kind, Map<String, String> more) {
        String word = ChoiceType.word(kind);
        Position position = new SourceText("figures that fit", word).at(1, 1, word.length());
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        entries.put(KIND.key(), new Node.Entry(position, new Node.Scalar(word, false, position)));
        more.forEach((key, text) -> entries.put(key, new Node.Entry(position, new Node.Scalar(text, false, position))));
        Problems problems = new Problems();
        Optional<Values> values = SECTION.read(new Node.Mapping(entries, position), problems);
        problems.throwIfAny();
        return values.orElseThrow();
    }
}
