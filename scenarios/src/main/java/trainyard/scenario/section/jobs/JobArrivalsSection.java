package trainyard.scenario.section.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.workload.ArrivalClass;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code jobs.arrivals}: jobs that are drawn. */
public final class JobArrivalsSection {

    public static final Field<Double> HORIZON = Field.of(
                    "horizon",
                    QuantityType.positive(Dimension.DURATION),
                    "Jobs come until then; all of them are run to their end.")
            .asRequired();
    public static final Field<Map<String, Setting<Values>>> CLASSES = Field.of(
                    "classes",
                    new MapType<>(JobClassSection.SECTION, "a class of jobs by name"),
                    "Classes of jobs by name.")
            .asRequired();

    public static final Section SECTION = Section.of(
            "jobs.arrivals",
            "Jobs that come at random, in classes. Each replication draws its own; designs that share a seed meet the same ones.",
            HORIZON,
            CLASSES);

    /** Twice the longest list that a run is measured with. */
    private static final double MOST_DRAWS = 2e6;

    private JobArrivalsSection() {}

    /** Jobs of a replication, in the order of submission. */
    @FunctionalInterface
    interface Generator {
        List<ClusterJob> draw(RandomStreams streams);
    }

    /**
     * @throws ScenarioException if jobs that follow others have the name of a class
     */
    static Generator bind(Values values) {
        double horizon = values.get(HORIZON);
        refuseSameNames(values);
        List<ArrivalClass> classes = new ArrayList<>();
        values.get(CLASSES).forEach((name, setting) -> classes.add(JobClassSection.bind(name, setting.value())));
        double draws = classes.stream()
                .mapToDouble(each -> each.rate().most(horizon) * horizon)
                .sum();
        if (draws > MOST_DRAWS) {
            throw new ScenarioException(Problem.at(
                    values.position(HORIZON),
                    Problem.Kind.VALUE,
                    String.format(Locale.ROOT, "up to %,.0f jobs would come, more than %,.0f", draws, MOST_DRAWS),
                    "write a shorter horizon, or let fewer jobs come"));
        }
        return streams -> classes.stream()
                .flatMap(each -> each.jobs(horizon, streams).stream())
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
    }

    private static void refuseSameNames(Values values) {
        Set<String> names = new HashSet<>(values.get(CLASSES).keySet());
        values.get(CLASSES)
                .forEach((name, setting) -> setting.value()
                        .find(JobClassSection.THEN)
                        .filter(then -> !names.add(JobFollowSection.name(name, then)))
                        .ifPresent(then -> {
                            throw new ScenarioException(Problem.at(
                                    then.position(JobFollowSection.NAME),
                                    Problem.Kind.VALUE,
                                    "class " + JobFollowSection.name(name, then) + " appears twice",
                                    "give what follows another name"));
                        }));
    }

    /** The names of the classes, those of jobs that follow others included. */
    static Stream<String> classes(Values values) {
        return values.get(CLASSES).entrySet().stream()
                .flatMap(each -> Stream.concat(
                        Stream.of(each.getKey()),
                        each.getValue().value().find(JobClassSection.THEN).stream()
                                .map(then -> JobFollowSection.name(each.getKey(), then))));
    }

    /** Where the classes are written, those of jobs that follow others included. */
    static Map<String, Position> classPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        values.get(CLASSES).forEach((name, setting) -> {
            setting.keyPosition().ifPresent(position -> positions.put(name, position));
            setting.value()
                    .find(JobClassSection.THEN)
                    .ifPresent(then -> positions.putIfAbsent(
                            JobFollowSection.name(name, then), then.position(JobFollowSection.NAME)));
        });
        return positions;
    }

    /** Whether jobs follow others. */
    static boolean hasFollowers(Values values) {
        return values.get(CLASSES).values().stream()
                .anyMatch(setting -> setting.value().isWritten(JobClassSection.THEN));
    }

    /** Where the teams of all classes are written. */
    static Map<String, Position> teamPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        values.get(CLASSES).values().stream()
                .flatMap(setting -> setting.value().find(JobClassSection.TEAMS).stream())
                .forEach(teams -> teams.forEach((team, weight) ->
                        weight.keyPosition().ifPresent(position -> positions.putIfAbsent(team, position))));
        return positions;
    }

    /** Whether a class has jobs that take a part of a GPU. */
    static boolean sharesGpus(Values values) {
        return values.get(CLASSES).values().stream()
                .flatMap(setting -> setting.value().get(JobClassSection.GPUS).stream())
                .anyMatch(GpuAmounts::isPart);
    }

    /** The teams of all classes. */
    static Stream<String> teams(Values values) {
        return values.get(CLASSES).values().stream()
                .flatMap(setting -> setting.value().find(JobClassSection.TEAMS).stream())
                .flatMap(teams -> teams.keySet().stream());
    }
}
