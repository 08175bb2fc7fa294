package trainyard.scenario.section;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trainyard.scenario.format.AnyType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.job.JobSection;
import trainyard.scenario.section.life.LifeSection;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Node;

/** The top of a scenario. */
public final class ScenarioSection {

    /** Version of the format. */
    public static final int VERSION = 1;

    public static final Field<Long> TRAINYARD = Field.of(
                    "trainyard", IntegerType.between(VERSION, VERSION), "Version of this format.")
            .asRequired();
    public static final Field<String> NAME = Field.of(
                    "name",
                    new TextType("[a-z0-9][a-z0-9-]{0,63}", "lower-case letters, digits and hyphens"),
                    "Short name; the folder of the results starts with it.")
            .asRequired();
    public static final Field<String> QUESTION =
            Field.of("question", TextType.ANY, "What is asked, in one sentence; it becomes the title of the report.");
    public static final Field<String> EXTENDS = Field.of(
            "extends",
            TextType.ANY,
            "Scenario to start from, as a path relative to this file. Sections are merged key by key, lists and single"
                    + " values are replaced.");
    public static final Field<List<String>> WITHOUT =
            Field.of("without", new ListType<>(TextType.ANY, "paths"), "Parts of the extended scenario to drop first.");
    public static final Field<Long> SEED = Field.of(
                    "seed", IntegerType.between(0, Long.MAX_VALUE), "Seed of all randomness.")
            .orElse("1");
    public static final Field<Long> REPLICATIONS = Field.of(
                    "replications",
                    IntegerType.between(1, 100_000),
                    "Runs of each cell that differ in their randomness alone. Without `cluster.condition` a step has none,"
                            + " so one is exact; with jitter or drawn stragglers the mean is shown with its 95 %"
                            + " confidence interval.")
            .orElse("1");
    public static final Field<Map<String, Setting<String>>> VARS = Field.of(
            "vars",
            new MapType<>(TextType.ANY, "values by name"),
            "Values by name, put where `${vars.name}` stands; so a sweep, a variant or `--set` reaches entries of lists, which"
                    + " have no paths: `sweep: {vars.often: [5 min, 10 min]}`. There are no expressions.");
    public static final Field<Values> CLUSTER = ClusterSection.CLUSTER;
    public static final Field<Values> JOB = Field.of("job", JobSection.SECTION, "One training job.");
    public static final Field<Values> LIFE = LifeSection.LIFE;
    public static final Field<Values> COST = Field.of("cost", CostSection.SECTION, "Prices.");
    public static final Field<Values> SCHEDULER = SchedulerSection.SCHEDULER;
    public static final Field<Values> SEARCH =
            Field.of("search", SearchSection.SECTION, "The plans that `trainyard plan` compares. Left out: all.");
    public static final Field<Map<String, Setting<String>>> PUBLISHED = Field.of(
            "published",
            new MapType<>(TextType.ANY, "a value with its unit by metric"),
            "What a source measured, by metric, such as `step-time: {value: 13.75 s, source: ...}`; the error against"
                    + " it is printed beside the result, and a bar chart of the metric shows both. A variant may state its own:"
                    + " `published.step-time: {value: 24.8 s, source: ...}`.");
    public static final Field<Map<String, Setting<Node>>> SWEEP = Field.of(
            "sweep",
            new MapType<>(new AnyType(sweepSchema(), "values"), "values by path"),
            "Every combination of these values is run: a list, or `{from: , to: , points: , scale: log}`, by dotted"
                    + " path. Of a range, what lies between the ends is rounded to four digits, or to more where these"
                    + " are too few to tell values apart. A value that is a list itself is named by its items with `+` between"
                    + " them, such as `layernorm+moe-act`.");
    public static final Field<Map<String, Setting<Map<String, Setting<Node>>>>> VARIANTS = Field.of(
            "variants",
            new MapType<>(
                    new MapType<>(new AnyType(open(), "a value"), "a value by path"), "changes by name of the variant"),
            "Named designs to compare; each lists what it changes by dotted path. The first is the baseline.");
    public static final Field<Map<String, Setting<Node>>> VARY = Field.of(
            "vary",
            new MapType<>(new AnyType(rangeSchema(), "`[low, high]`, or `+-20%`"), "[low, high] by path"),
            "Ranges of inputs that are not known well, by dotted path: `[low, high]`, or a share around the value of the scenario"
                    + " such as `+-20%`. Each is varied alone, under the same faults.");
    public static final Field<Values> REPORT =
            Field.of("report", ReportSection.SECTION, "What the page shows.").orElse("");
    public static final Field<Map<String, Setting<String>>> EXPECT = Field.of(
            "expect",
            new MapType<>(TextType.ANY, "a comparison by metric"),
            "What has to hold, such as `step-time: \"<= 15 s\"`, `variant(x).mfu: \">= 40%\"` or"
                    + " `mfu: between 40% and 50%`; a failure ends with exit code 4.");

    private ScenarioSection() {}

    /**
     * The section with those of the kinds of study, of which a scenario has one.
     *
     * @param studies the sections of the kinds
     */
    public static Section with(List<Field<Values>> studies) {
        List<Field<?>> fields = new ArrayList<>(
                List.of(TRAINYARD, NAME, QUESTION, EXTENDS, WITHOUT, SEED, REPLICATIONS, VARS, CLUSTER));
        fields.addAll(studies);
        fields.addAll(List.of(SCHEDULER, COST, SEARCH, PUBLISHED, SWEEP, VARIANTS, VARY, REPORT, EXPECT));
        String kinds = studies.stream().map(study -> "`" + study.key() + "`").collect(Collectors.joining(", "));
        return new Section(
                "",
                "A question to the simulator: machines, work, what to vary and what to show. The work is one of "
                        + kinds + "; `life` comes with its `job`.",
                fields);
    }

    private static ObjectNode open() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode rangeSchema() {
        ObjectNode ends = open().put("type", "array").put("minItems", 2).put("maxItems", 2);
        ObjectNode share = open().put("type", "string").put("pattern", "^([+]-|[+]/-|±) *[0-9]+([.][0-9]+)? *%$");
        ObjectNode schema = open();
        schema.putArray("anyOf").add(ends).add(share);
        return schema;
    }

    private static ObjectNode sweepSchema() {
        ObjectNode range = open().put("type", "object").put("additionalProperties", false);
        range.putArray("required").add("from").add("to").add("points");
        ObjectNode properties = range.putObject("properties");
        properties.set("from", open());
        properties.set("to", open());
        properties.putObject("points").put("type", "integer").put("minimum", 2);
        properties.putObject("scale").putArray("enum").add("linear").add("log");
        ObjectNode list = open().put("type", "array").put("minItems", 1);
        ObjectNode schema = open();
        schema.putArray("anyOf").add(list).add(range);
        return schema;
    }
}
