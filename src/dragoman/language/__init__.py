"""The parser: words, sentences, trees and names from English text, and what is read off them."""
