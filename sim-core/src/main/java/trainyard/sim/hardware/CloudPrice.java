package trainyard.sim.hardware;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a GPU costs to rent.
 *
 * @param provider cloud
 * @param instance the provider's name of the machine
 * @param gpu GPU as the provider names it
 * @param gpus GPUs in the machine
 * @param onDemandUsdPerGpuHour price in USD per GPU and hour
 * @param spotUsdPerGpuHour price of preemptible capacity, where known
 * @param region where it holds
 * @param provenance source and date of the price
 */
public record CloudPrice(
        String provider,
        String instance,
        String gpu,
        int gpus,
        double onDemandUsdPerGpuHour,
        OptionalDouble spotUsdPerGpuHour,
        String region,
        Provenance provenance) {

    public CloudPrice {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(spotUsdPerGpuHour, "spotUsdPerGpuHour");
        Objects.requireNonNull(provenance, "provenance");
        if (!(onDemandUsdPerGpuHour > 0)) {
            throw new IllegalArgumentException("a price must be above 0, got " + onDemandUsdPerGpuHour);
        }
    }
}
