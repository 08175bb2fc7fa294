package trainyard.scenario.section;

import trainyard.sim.network.collective.FabricSharing;

/**
 * How the time of an exchange between GPUs is found.
 *
 * @param form by formula or message by message
 * @param sharing the jobs on the fabric; one alone by formula
 */
public record ExchangePricing(CollectiveForm form, FabricSharing sharing) {

    /** By formula. */
    public static final ExchangePricing ANALYTIC = new ExchangePricing(CollectiveForm.ANALYTIC, FabricSharing.ALONE);
}
