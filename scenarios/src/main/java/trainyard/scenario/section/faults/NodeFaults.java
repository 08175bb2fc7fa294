package trainyard.scenario.section.faults;

import java.util.Map;
import java.util.function.Predicate;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.Scope;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Faults of a section that knows those alone which stop somebody by way of nodes.
 *
 * @param one who is stopped, such as {@code job}
 * @param all whose nodes they are, such as {@code a cluster of jobs}
 */
public record NodeFaults(String one, String all) {

    private static final Predicate<FaultCause> STRIKE_NODES =
            cause -> cause.stopsJob() && cause.scope() != Scope.JOB && cause.scope() != Scope.STORAGE;

    /**
     * What goes wrong; causes of a preset that strike no nodes are passed over.
     *
     * @param faults as of {@link FaultsSection}
     * @throws ScenarioException if a cause is written that strikes none, or something is announced, or nothing is left
     */
    public FaultModel bind(Values faults) {
        FaultModel stated = FaultsSection.bind(faults);
        faults.find(FaultsSection.CAUSES).orElse(Map.of()).forEach((name, cause) -> {
            boolean strikes = stated.causes().stream()
                    .filter(known -> known.name().equals(name))
                    .allMatch(STRIKE_NODES);
            if (!strikes) {
                throw withoutEffect(
                        cause.value(),
                        "cause " + name + " stops no " + one + " by way of its nodes, and has no effect on " + all,
                        "give it the visibility explicit or hang and a scope of nodes, or leave it out");
            }
            refuse(cause.value(), CauseSection.NOTICE, "a " + one + " is told of no fault before it strikes");
            refuse(cause.value(), CauseSection.STRIKES, "nodes of " + all + " fail whether they work or not");
        });
        faults.find(FaultsSection.TRACE)
                .ifPresent(trace ->
                        refuse(trace, TraceSection.NOTICE, "a " + one + " is told of no fault before it strikes"));
        FaultModel striking = stated.only(STRIKE_NODES);
        if (striking.causes().isEmpty() && striking.replay().isEmpty()) {
            throw withoutEffect(
                    faults,
                    "no cause of the preset stops a " + one + " by way of its nodes",
                    "write a cause that does");
        }
        return striking;
    }

    private static void refuse(Values values, Field<?> field, String why) {
        if (values.isWritten(field)) {
            throw new ScenarioException(
                    Problem.at(values.position(field), Problem.Kind.PLAN, why, "leave " + field.key() + " out"));
        }
    }

    private static ScenarioException withoutEffect(Values values, String what, String fix) {
        return new ScenarioException(Problem.at(values.position(), Problem.Kind.PLAN, what, fix));
    }
}
