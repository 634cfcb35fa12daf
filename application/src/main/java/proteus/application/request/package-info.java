/** What peers announced and this node asked them for: that each object is fetched once, and from whom next. */
package proteus.application.request;
