package trainyard.scenario.section.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import trainyard.faults.trace.TraceException;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.trace.JobFile;
import trainyard.scenario.section.jobs.trace.JobTraceSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.random.RandomStreams;

/** The jobs that {@code jobs} asks for, in each replication. */
public final class JobsBinding {

    private JobsBinding() {}

    /** The jobs of each replication. */
    @FunctionalInterface
    public interface Source {

        /** The jobs in the order of submission, with what was wrong with rows that were left out. */
        JobList draw(RandomStreams streams);
    }

    /**
     * The jobs that a scenario asks for.
     *
     * @param files reads a file; it may remember what it has read
     * @throws ScenarioException if a file cannot be read, no job is left, or there are none
     */
    public static Source bind(Values values, Function<JobFile, JobList> files) {
        if (List.of(JobsSection.TRACE, JobsSection.ARRIVALS, JobsSection.LIST, JobsSection.SWEEPS).stream()
                .noneMatch(values::isWritten)) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.KEY,
                    "jobs has neither a trace nor arrivals nor a list nor sweeps",
                    "write one of: trace, arrivals, list, sweeps"));
        }
        JobList recorded = values.find(JobsSection.TRACE)
                .map(trace -> recorded(trace, values.isWritten(JobsSection.POOLS), files))
                .orElse(new JobList(List.of(), List.of()));
        List<ClusterJob> listed = listed(values, recorded.jobs());
        Optional<JobArrivalsSection.Generator> generator =
                values.find(JobsSection.ARRIVALS).map(JobArrivalsSection::bind);
        return streams -> {
            List<ClusterJob> jobs = new ArrayList<>(recorded.jobs());
            jobs.addAll(listed);
            generator.ifPresent(drawn -> jobs.addAll(drawn.draw(streams)));
            sweeps(values, streams).forEach(drawn -> jobs.addAll(drawn.tuning().jobs()));
            jobs.sort(Comparator.comparingLong(ClusterJob::submitNanos));
            if (jobs.isEmpty()) {
                throw new ScenarioException(
                        Problem.at(values.position(), Problem.Kind.PLAN, "no job is left to run", "keep some jobs"));
            }
            return recorded.with(jobs);
        };
    }

    /**
     * The sweeps of a replication.
     *
     * @throws ScenarioException if one has the name of a class, or days to come are forecast
     */
    public static List<JobSweepSection.Drawn> sweeps(Values values, RandomStreams streams) {
        Set<String> others = JobsSection.otherClasses(values).collect(Collectors.toSet());
        if (values.isWritten(JobsSection.SWEEPS) && values.isWritten(JobsSection.FORECAST)) {
            throw new ScenarioException(Problem.at(
                    values.position(JobsSection.SWEEPS),
                    Problem.Kind.PLAN,
                    "a forecast knows of no sweeps",
                    "drop jobs.sweeps or jobs.forecast"));
        }
        List<JobSweepSection.Drawn> drawn = new ArrayList<>();
        values.find(JobsSection.SWEEPS).orElse(Map.of()).forEach((name, setting) -> {
            if (others.contains(name)) {
                throw new ScenarioException(Problem.at(
                        setting.value().position(),
                        Problem.Kind.VALUE,
                        "sweep " + name + " has the name of a class of jobs",
                        "give it a name of its own"));
            }
            drawn.addAll(JobSweepSection.draw(name, setting.value(), streams));
        });
        return drawn;
    }

    private static JobList recorded(Values trace, boolean typed, Function<JobFile, JobList> files) {
        JobFile file = JobTraceSection.file(trace);
        try {
            JobList read = files.apply(file);
            JobTraceSection.refuseUnknownTeams(trace, read.jobs());
            return read.with(
                    JobTraceSection.asAsked(trace, JobTraceSection.window(trace).of(read.jobs()), typed));
        } catch (TraceException damaged) {
            throw JobTraceSection.unreadable(trace, damaged);
        }
    }

    private static List<ClusterJob> listed(Values values, List<ClusterJob> recorded) {
        Set<String> names = new HashSet<>();
        recorded.forEach(job -> names.add(job.id()));
        List<Values> entries = values.find(JobsSection.LIST).orElse(List.of());
        for (Values entry : entries) {
            if (!names.add(entry.get(JobEntrySection.ID))) {
                throw new ScenarioException(Problem.at(
                        entry.position(JobEntrySection.ID),
                        Problem.Kind.VALUE,
                        "job " + entry.get(JobEntrySection.ID) + " appears twice",
                        "give it another name"));
            }
        }
        List<ClusterJob> jobs = entries.stream().map(JobEntrySection::bind).toList();
        for (int i = 0; i < jobs.size(); i++) {
            refuseImpossibleOrder(jobs.get(i), jobs, names, entries.get(i).position(JobEntrySection.AFTER));
        }
        return jobs;
    }

    private static void refuseImpossibleOrder(
            ClusterJob job, List<ClusterJob> jobs, Set<String> names, Position position) {
        for (String before : job.traits().after()) {
            if (!names.contains(before)) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.VALUE,
                        "job " + job.id() + " waits for " + before + ", which is not there",
                        Nearest.hint(before, names)));
            }
        }
        if (predecessors(job, jobs).contains(job.id())) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.VALUE,
                    "job " + job.id() + " waits for itself",
                    "let it wait for fewer jobs"));
        }
    }

    /** The jobs for which one waits, and those for which they do. */
    private static Set<String> predecessors(ClusterJob job, List<ClusterJob> jobs) {
        Set<String> found = new LinkedHashSet<>(job.traits().after());
        List<String> open = new ArrayList<>(found);
        for (int i = 0; i < open.size(); i++) {
            String id = open.get(i);
            jobs.stream()
                    .filter(other -> other.id().equals(id))
                    .flatMap(other -> other.traits().after().stream())
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }
}
