package trainyard.scenario.section.jobs.trace;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.faults.trace.TraceException;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.format.JobTables;
import trainyard.scheduler.format.MeasuredPairs;
import trainyard.scheduler.format.TraceFormat;
import trainyard.scheduler.format.TraceFormats;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.trace.BadRows;
import trainyard.sim.csv.CsvException;
import trainyard.sim.units.Dimension;

/** {@code jobs.trace}: a recorded list of jobs. */
public final class JobTraceSection {

    private static final String TABLE = "csv";
    /** The format whose jobs may take parts of GPUs. */
    private static final String SHARING = "openb";
    /** The format whose second file says how fast two jobs are on the same GPUs. */
    private static final String PAIRS = "gavel";

    /** A message about a line behind the head of a table. */
    private static final Pattern AT_A_ROW = Pattern.compile(":(?!1:)[0-9]+: ");

    private static final Pattern BETWEEN_BLANKS = Pattern.compile("\\S\\s+\\S");
    private static final int MAX_JOBS = 10_000_000;

    public static final Field<String> FILE = Field.of(
                    "file",
                    TextType.ANY,
                    "The list, relative to the folder of the scenario; `.gz` is unpacked. One that Trainyard ships is `shipped:`"
                            + " and its path, such as `shipped:philly/philly.csv`.")
            .asRequired();
    public static final Field<String> FORMAT = Field.of(
                    "format", new ChoiceType<>("format", Problem.Kind.VALUE, formats()), "Its format. " + contents())
            .asRequired();
    public static final Field<Values> COLUMNS = Field.of(
                    "columns", JobColumnsSection.SECTION, "Names of the columns of a `csv`.")
            .only(Use.with("format", TABLE));
    public static final Field<String> TABLES = Field.of(
                    "tables", TextType.ANY, "A second file, found as `file` is. " + tables())
            .only(Use.with("format", needing(format -> format.tables().isPresent())));
    public static final Field<String> GPU_TYPE = Field.of(
                    "gpu-type",
                    TextType.ANY,
                    "Type of GPU of `tables` on which run times are to hold, as they call it, such as `v100`; `jobs.pool-speeds` says how"
                            + " fast others are.")
            .only(Use.with("format", needing(TraceFormat::byType)));
    public static final Field<BadRows> BAD_ROWS = Field.of(
                    "bad-rows",
                    ChoiceType.of("treatment", BadRows.class),
                    "What is done about a row that cannot be read: `refuse` ends the run with exit code 5 and its line, `skip`"
                            + " leaves it out; `jobs.skipped` counts them.")
            .orElse("refuse");
    public static final Field<Boolean> WHOLE_GPUS = Field.of(
                    "whole-gpus",
                    new FlagType(),
                    "Whether jobs that take a part of a GPU hold a whole one instead of sharing it.")
            .orElse("false")
            .only(Use.with("format", SHARING));
    public static final Field<List<String>> TEAMS =
            Field.of("teams", new ListType<>(TextType.ANY, "teams"), "Only jobs of these teams. Left out: of all.");
    public static final Field<Double> FROM = Field.of(
                    "from",
                    QuantityType.of(Dimension.DURATION),
                    "Only jobs submitted so long after the first one of the list, or later.")
            .orElse("0 s");
    public static final Field<Double> TO = Field.of(
            "to", QuantityType.positive(Dimension.DURATION), "Only jobs submitted earlier than this. Left out: all.");
    public static final Field<Long> FIRST = Field.of(
            "first",
            IntegerType.of("jobs", 1, MAX_JOBS),
            "Only so many of what is left, in the order of submission. Left out: all.");
    public static final Field<Double> LOAD = Field.of(
                    "load",
                    new NumberType(0.001, 1000),
                    "How much faster the jobs come than they were recorded: 2 halves every time between two submissions.")
            .orElse("1");

    public static final Section SECTION = Section.of(
            "jobs.trace",
            "Jobs of a recorded list. Their times count from the first one that is kept.",
            FILE,
            FORMAT,
            COLUMNS,
            TABLES,
            GPU_TYPE,
            BAD_ROWS,
            WHOLE_GPUS,
            TEAMS,
            FROM,
            TO,
            FIRST,
            LOAD);

    private JobTraceSection() {}

    private static Map<String, String> formats() {
        Map<String, String> formats = new LinkedHashMap<>();
        TraceFormats.all().forEach(format -> formats.put(format.name(), format.name()));
        formats.put(TABLE, TABLE);
        return formats;
    }

    private static String contents() {
        return TraceFormats.all().stream()
                .map(format -> "`" + format.name() + "`: " + format.content() + ". ")
                .collect(Collectors.joining(
                        "",
                        "",
                        "`csv`: a table whose columns `columns` names, cells between commas, semicolons, tabs or bars as in its first"
                                + " line."));
    }

    private static String tables() {
        return TraceFormats.all().stream()
                .filter(format -> format.tables().isPresent())
                .map(format -> "`" + format.name() + "`: " + format.tables().orElseThrow() + ". ")
                .collect(Collectors.joining())
                .strip();
    }

    private static String[] needing(Predicate<TraceFormat> need) {
        return TraceFormats.all().stream().filter(need).map(TraceFormat::name).toArray(String[]::new);
    }

    /** The file that a scenario names. */
    public static JobFile file(Values values) {
        String format = values.get(FORMAT);
        Optional<TraceFormat> known = TraceFormats.named(format);
        require(values, COLUMNS, known.isEmpty(), "{submit: NAME, gpus: NAME, run: NAME}");
        require(values, TABLES, known.flatMap(TraceFormat::tables).isPresent(), "FILE");
        require(values, GPU_TYPE, known.filter(TraceFormat::byType).isPresent(), "NAME");
        return new JobFile(
                path(values, FILE).orElseThrow(),
                format,
                values.find(COLUMNS).filter(columns -> known.isEmpty()).map(JobColumnsSection::bind),
                path(values, TABLES),
                values.find(GPU_TYPE).orElse(""),
                values.get(BAD_ROWS));
    }

    private static void require(Values values, Field<?> field, boolean needed, String example) {
        if (needed && !values.isWritten(field)) {
            throw new ScenarioException(Problem.at(
                    values.position(FORMAT),
                    Problem.Kind.KEY,
                    "the format " + values.get(FORMAT) + " needs " + field.key(),
                    field.key() + ": " + example));
        }
    }

    private static Optional<TracePath> path(Values values, Field<String> field) {
        return values.find(field).map(file -> TracePath.of("workloads", file, values.position(field)));
    }

    /** What is wrong with the file, marked where the scenario names what it lacks. */
    public static ScenarioException unreadable(Values trace, TraceException damaged) {
        Optional<CsvException> table = Optional.ofNullable(damaged.getCause())
                .filter(CsvException.class::isInstance)
                .map(CsvException.class::cast);
        Optional<String> missing = table.flatMap(CsvException::missingColumn);
        if (missing.isEmpty()) {
            boolean row = AT_A_ROW.matcher(damaged.getMessage()).find() && trace.get(BAD_ROWS) == BadRows.REFUSE;
            return new ScenarioException(Problem.at(
                    trace.position(FILE),
                    Problem.Kind.DATA,
                    damaged.getMessage(),
                    path(trace, FILE)
                            .flatMap(TracePath::insteadOfMissing)
                            .orElseGet(() -> "the format is " + trace.get(FORMAT)
                                    + (row ? "; bad-rows: skip leaves bad rows out" : ""))));
        }
        List<String> there = table.orElseThrow().columns();
        Position place = trace.find(COLUMNS)
                .filter(columns -> TraceFormats.named(trace.get(FORMAT)).isEmpty())
                .flatMap(columns -> JobColumnsSection.position(columns, missing.get()))
                .orElseGet(() -> trace.position(FILE));
        boolean uncut =
                there.size() == 1 && BETWEEN_BLANKS.matcher(there.get(0)).find();
        return new ScenarioException(Problem.at(
                uncut ? trace.position(FILE) : place,
                Problem.Kind.DATA,
                damaged.getMessage(),
                uncut
                        ? "separate its cells by commas, semicolons, tabs or '|', not by blanks"
                        : columnHint(trace.get(FORMAT), missing.get(), there)));
    }

    /** The columns of a table are named by the scenario, where a name may have slipped; those of other formats are not. */
    private static String columnHint(String format, String missing, List<String> there) {
        Optional<TraceFormat> known = TraceFormats.named(format);
        if (known.isEmpty()) {
            String near = Nearest.hint(missing, there);
            return near.isEmpty() ? "the format is " + format : near;
        }
        String content = known.map(TraceFormat::content)
                .filter(columns -> columns.contains(missing))
                .map(columns -> ": " + columns)
                .orElse("");
        return "the format " + format + " needs the column " + missing + content;
    }

    /**
     * The speeds of two jobs on the same GPUs that its second file states, if its format has such.
     *
     * @throws ScenarioException if the file cannot be read
     */
    public static Optional<MeasuredPairs> pairs(Values values) {
        if (!values.get(FORMAT).equals(PAIRS)) {
            return Optional.empty();
        }
        JobFile file = file(values);
        try {
            return file.tables().map(tables -> MeasuredPairs.read(new JobTables(tables.open(), file.gpuType())));
        } catch (TraceException damaged) {
            throw unreadable(values, damaged);
        }
    }

    /** Whether its jobs may take parts of GPUs. */
    public static boolean sharesGpus(Values values) {
        return values.get(FORMAT).equals(SHARING) && !values.get(WHOLE_GPUS);
    }

    /**
     * Its jobs, with whole GPUs where the scenario says so.
     *
     * @param typed whether pools tell types of GPU apart; else the types that a list names are those of another cluster
     */
    public static List<ClusterJob> asAsked(Values values, List<ClusterJob> jobs, boolean typed) {
        boolean whole = values.get(FORMAT).equals(SHARING) && values.get(WHOLE_GPUS);
        if (!whole && typed) {
            return jobs;
        }
        return jobs.stream()
                .map(job -> job.with(asAsked(job.traits(), whole, typed)))
                .toList();
    }

    private static JobTraits asAsked(JobTraits traits, boolean whole, boolean typed) {
        JobTraits sized = whole ? traits.withGpuMilli(JobTraits.WHOLE_GPU) : traits;
        return typed || sized.gpuTypes().isEmpty() ? sized : sized.withGpuTypes(Set.of());
    }

    /**
     * Keeps the jobs of a team that is misspelt from being left out.
     *
     * @throws ScenarioException if the list has no job of a team that the scenario asks for
     */
    public static void refuseUnknownTeams(Values values, List<ClusterJob> jobs) {
        Set<String> asked = new LinkedHashSet<>(values.find(TEAMS).orElse(List.of()));
        Set<String> there = new TreeSet<>();
        if (!asked.isEmpty()) {
            jobs.forEach(job -> there.add(job.team()));
        }
        asked.removeAll(there);
        asked.stream().findFirst().ifPresent(team -> {
            there.remove("");
            throw new ScenarioException(Problem.at(
                    values.position(TEAMS),
                    Problem.Kind.VALUE,
                    "the list has no job of team " + team,
                    there.isEmpty() ? "its jobs name no team" : Nearest.hint(team, there)));
        });
    }

    /** Which of its jobs count. */
    public static JobWindow window(Values values) {
        return new JobWindow(
                values.find(TEAMS).map(Set::copyOf).orElse(Set.of()),
                values.get(FROM),
                values.find(TO).orElse(Double.POSITIVE_INFINITY),
                values.find(FIRST).map(Math::toIntExact).orElse(Integer.MAX_VALUE),
                values.get(LOAD));
    }
}
