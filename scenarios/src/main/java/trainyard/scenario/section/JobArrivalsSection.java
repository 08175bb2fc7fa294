package trainyard.scenario.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
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

    private JobArrivalsSection() {}

    /** Jobs of a replication, in the order of submission. */
    @FunctionalInterface
    interface Generator {
        List<ClusterJob> draw(RandomStreams streams);
    }

    static Generator bind(Values values) {
        double horizon = values.get(HORIZON);
        List<ArrivalClass> classes = new ArrayList<>();
        values.get(CLASSES).forEach((name, setting) -> classes.add(JobClassSection.bind(name, setting.value())));
        return streams -> classes.stream()
                .flatMap(each -> each.jobs(horizon, streams).stream())
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
    }

    /** The names of the classes. */
    static Stream<String> classes(Values values) {
        return values.get(CLASSES).keySet().stream();
    }

    /** The teams of all classes. */
    static Stream<String> teams(Values values) {
        return values.get(CLASSES).values().stream()
                .flatMap(setting -> setting.value().find(JobClassSection.TEAMS).stream())
                .flatMap(teams -> teams.keySet().stream());
    }
}
