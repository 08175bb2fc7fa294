package trainyard.faults.recovery;

import java.util.Objects;
import java.util.Optional;

/**
 * Faults of nodes are foretold: a spare starts beside the job, which pauses after a step, lets it copy the state of the
 * suspect and goes on with it. Faults that come without warning, and those for which no spare is there, are met as by
 * {@link ReplaceLost}.
 *
 * @param forecasts how well faults are foretold
 */
public record ProactiveDrain(Warnings forecasts) implements RecoveryPolicy {

    public ProactiveDrain {
        Objects.requireNonNull(forecasts, "forecasts");
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public Reaction react(Situation situation) {
        return new Reaction.Replace(Start.COLD);
    }

    @Override
    public Optional<Warnings> warnings() {
        return Optional.of(forecasts);
    }

    @Override
    public boolean alwaysStops() {
        return true;
    }
}
