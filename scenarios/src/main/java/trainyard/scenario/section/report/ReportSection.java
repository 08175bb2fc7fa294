package trainyard.scenario.section.report;

import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;

/** {@code report}: what the page shows. */
public final class ReportSection {

    public static final Field<String> HEADLINE = Field.of(
            "headline",
            new TextType("[a-z][a-z0-9.-]*", "a metric, such as `step-time`"),
            "The metric of the headline sentence, as `trainyard show metrics` lists it. Left out: `step-time`, or"
                    + " `bus-bandwidth` for a collective.");
    public static final Field<Map<String, Setting<String>>> HEADLINE_OF = Field.of(
            "headline-of",
            new MapType<>(TextType.ANY, "a value by `variant` or a path that is swept"),
            "The cell that the headline sentence is of, where cells are no alternatives of which one is the best; of numbers"
                    + " the nearest that is run. It names one cell. Left out, and where a run does without that variant:"
                    + " the best cell.");
    public static final Field<Map<String, Setting<String>>> HEADLINE_AGAINST = Field.of(
                    "headline-against",
                    new MapType<>(TextType.ANY, "a value by `variant` or a path that is swept"),
                    "Another cell: the headline sentence says how much it is more or less than there, replication by"
                            + " replication, with the interval of that difference.")
            .only(Use.beside(HEADLINE_OF));
    public static final Field<List<Values>> CHARTS = Field.of(
            "charts",
            new ListType<>(ChartSection.SECTION, "charts"),
            "Charts in the order of the page. Left out: what suits the workload.");

    public static final Section SECTION =
            Section.of("report", "What the page shows.", HEADLINE, HEADLINE_OF, HEADLINE_AGAINST, CHARTS);

    private ReportSection() {}
}
