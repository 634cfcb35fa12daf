/** Drives a headless Chromium from tests, by the WebDriver protocol that chromedriver speaks. Packed as a test jar. */
@org.jspecify.annotations.NullMarked
package proteus.adapters.rpc.browser;
