package trainyard.scenario.section;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;

/** {@code report}: what the page shows. */
public final class ReportSection {

    public static final Field<String> HEADLINE = Field.of(
            "headline",
            new TextType("[a-z][a-z0-9.-]*", "a metric, such as `step-time`"),
            "The metric of the headline sentence, as `trainyard show metrics` lists it. Left out: `step-time`, or"
                    + " `bus-bandwidth` for a collective.");
    public static final Field<List<Values>> CHARTS = Field.of(
            "charts",
            new ListType<>(ChartSection.SECTION, "charts"),
            "Charts in the order of the page. Left out: what suits the workload.");

    public static final Section SECTION = Section.of("report", "What the page shows.", HEADLINE, CHARTS);

    private ReportSection() {}
}
