package trainyard.scenario.section.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.speed.PoolSpeeds;

/** {@code jobs.pool-speeds.NAME}: how fast jobs are in a pool. */
public final class PoolSpeedSection {

    private static final NumberType SPEED_RANGE = new NumberType(0.001, 1);

    public static final Field<Double> SPEED = Field.of(
                    "speed", SPEED_RANGE, "Speed of a job in the pool, over that at which its run time holds.")
            .orElse("1");
    public static final Field<Map<String, Setting<Double>>> CLASSES = Field.of(
            "classes",
            new MapType<>(SPEED_RANGE, "a speed by class of jobs"),
            "In place of `speed`, for the jobs of a class, or for one job of `jobs.list` by its id.");

    public static final Section SECTION =
            Section.of("jobs.pool-speeds", "How fast jobs are in a pool.", SPEED, CLASSES);

    private PoolSpeedSection() {}

    /**
     * The speeds in all pools.
     *
     * @throws ScenarioException if there is no pool or class of a name
     */
    static PoolSpeeds bind(Values jobs) {
        List<String> pools =
                List.copyOf(jobs.find(JobsSection.POOLS).orElse(Map.of()).keySet());
        List<String> classes = classes(jobs);
        Map<String, Double> byPool = new LinkedHashMap<>();
        Map<String, Map<String, Double>> byClass = new LinkedHashMap<>();
        jobs.find(JobsSection.POOL_SPEEDS).orElse(Map.of()).forEach((pool, section) -> {
            Values values = section.value();
            require(pools, pool, "pool", values.position());
            byPool.put(pool, values.get(SPEED));
            Map<String, Double> speeds = new LinkedHashMap<>();
            values.find(CLASSES).orElse(Map.of()).forEach((name, speed) -> {
                require(classes, name, "class of jobs", values.position(CLASSES));
                speeds.put(name, speed.value());
            });
            byClass.put(pool, speeds);
        });
        return new PoolSpeeds(byPool, byClass);
    }

    /** Classes of jobs, and ids of listed jobs that are of none. */
    static List<String> classes(Values jobs) {
        List<String> names = new ArrayList<>(JobsSection.classes(jobs));
        jobs.find(JobsSection.LIST).orElse(List.of()).stream()
                .map(entry -> entry.get(JobEntrySection.ID))
                .filter(id -> id.indexOf('/') <= 0)
                .forEach(names::add);
        return names;
    }

    /**
     * @throws ScenarioException if a name is not among those that are known
     */
    static void require(List<String> known, String name, String what, Position position) {
        if (!known.contains(name)) {
            String near = Nearest.hint(name, known);
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.VALUE,
                    "there is no " + what + " '" + name + "'",
                    near.isEmpty() ? "write one of: " + String.join(", ", known) : near));
        }
    }
}
