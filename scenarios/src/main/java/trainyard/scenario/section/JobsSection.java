package trainyard.scenario.section;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceException;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.trace.JobList;

/** {@code jobs}: what a cluster is asked to do. */
public final class JobsSection {

    /** What is done about a job that the cluster can never hold. */
    public enum TooLarge {
        REFUSE,
        DROP
    }

    public static final Field<Values> TRACE =
            Field.of("trace", JobTraceSection.SECTION, "A recorded list; one of `trace` and `list` is needed.");
    public static final Field<List<Values>> LIST =
            Field.of("list", new ListType<>(JobEntrySection.SECTION, "jobs"), "The jobs themselves.");
    public static final Field<TooLarge> TOO_LARGE = Field.of(
                    "too-large",
                    ChoiceType.of("treatment", TooLarge.class),
                    "What is done about a job that wants more than the empty cluster can give it: `refuse` ends the run, `drop`"
                            + " leaves it out; `jobs.dropped` counts them.")
            .orElse("refuse");

    public static final Section SECTION = Section.of(
            "jobs",
            "Jobs that a cluster is asked to run: a recorded list, or one written here. `cluster` says on which machines,"
                    + " `scheduler` who runs when and where.",
            TRACE,
            LIST,
            TOO_LARGE);

    private JobsSection() {}

    /**
     * The jobs in the order of submission, with what was wrong with rows that were left out.
     *
     * @param files reads a file; it may remember what it has read
     * @throws ScenarioException if a file cannot be read, no job is left, or there is not one of a trace and a list
     */
    public static JobList bind(Values values, Function<JobFile, JobList> files) {
        requireOne(values);
        JobList jobs = values.find(TRACE)
                .map(trace -> recorded(trace, files))
                .orElseGet(() -> new JobList(listed(values), List.of()));
        if (jobs.jobs().isEmpty()) {
            throw new ScenarioException(
                    Problem.at(values.position(), Problem.Kind.PLAN, "no job is left to run", "keep some jobs"));
        }
        return jobs;
    }

    /** The teams that the scenario names, in the order in which it does. */
    public static List<String> teams(Values values) {
        Stream<String> ofTrace = values.find(TRACE).flatMap(trace -> trace.find(JobTraceSection.TEAMS)).stream()
                .flatMap(List::stream);
        Stream<String> listed = values.find(LIST).stream()
                .flatMap(List::stream)
                .flatMap(entry -> entry.find(JobEntrySection.TEAM).stream());
        return Stream.concat(ofTrace, listed).distinct().toList();
    }

    private static void requireOne(Values values) {
        if (values.isWritten(TRACE) == values.isWritten(LIST)) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.KEY,
                    values.isWritten(TRACE) ? "jobs has a trace and a list" : "jobs has neither a trace nor a list",
                    "write one of: trace, list"));
        }
    }

    private static JobList recorded(Values trace, Function<JobFile, JobList> files) {
        JobFile file = JobTraceSection.file(trace);
        try {
            JobList read = files.apply(file);
            return new JobList(JobTraceSection.window(trace).of(read.jobs()), read.skipped());
        } catch (TraceException damaged) {
            throw new ScenarioException(Problem.at(
                    trace.position(JobTraceSection.FILE),
                    Problem.Kind.DATA,
                    damaged.getMessage(),
                    "the format is " + file.format() + "; bad-rows: skip leaves bad rows out"));
        }
    }

    private static List<ClusterJob> listed(Values values) {
        Set<String> names = new HashSet<>();
        for (Values entry : values.get(LIST)) {
            if (!names.add(entry.get(JobEntrySection.ID))) {
                throw new ScenarioException(Problem.at(
                        entry.position(JobEntrySection.ID),
                        Problem.Kind.VALUE,
                        "job " + entry.get(JobEntrySection.ID) + " appears twice",
                        "give it another name"));
            }
        }
        return values.get(LIST).stream().map(JobEntrySection::bind).toList();
    }
}
