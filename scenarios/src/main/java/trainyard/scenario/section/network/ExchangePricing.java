package trainyard.scenario.section.network;

import java.util.Optional;
import trainyard.scenario.source.Position;
import trainyard.sim.network.collective.FabricSharing;

/**
 * How the time of an exchange between GPUs is found.
 *
 * @param form by formula or message by message
 * @param sharing the jobs on the fabric; one alone by formula
 * @param asked where the scenario says so
 */
public record ExchangePricing(CollectiveForm form, FabricSharing sharing, Optional<Position> asked) {

    /** By formula. */
    public static final ExchangePricing ANALYTIC =
            new ExchangePricing(CollectiveForm.ANALYTIC, FabricSharing.ALONE, Optional.empty());
}
