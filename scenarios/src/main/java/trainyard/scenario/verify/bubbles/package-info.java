/**
 * The suite {@code bubbles}: bubble rates of pipeline schedules as a paper computed them from profiled stage times. {@link
 * trainyard.scenario.verify.bubbles.BubblesSuite} makes the schedule, replays it with those times and compares the rates,
 * so that it tests the schedules alone, without any price of ours.
 */
package trainyard.scenario.verify.bubbles;
