/**
 * The durations of a step: kernels, layers and passes priced one by one and put together as the plan says. Begin with {@link
 * trainyard.parallel.step.price.StepPricing}, which makes of a job its {@link trainyard.parallel.step.price.StepTiming}.
 */
package trainyard.parallel.step.price;
